"""The OpenAPI description, written from the same declarations that answer requests."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import Direction, OpenApiExample, OpenApiParameter

from api import requests
from api.errors import PROBLEM_TYPE
from api.parameters import Parameter
from api.renderers import TakeAway
from api.serializers.parts import ProblemPart

SWITCHES = {"count", "highlight"}
LISTS = {"fields", "omit", "expand", "ordering", "group_by"}
VERBS = {"list": "查询{}", "retrieve": "读取一条{}"}


class ShownFieldSchema(OpenApiSerializerFieldExtension):
    """Lets every field of an answer describe itself."""

    target_class = "api.serializers.fields.Shown"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        """The JSON schema that the field gives."""

        def component(serializer: type) -> dict[str, Any]:
            return auto_schema.resolve_serializer(serializer, direction).ref

        return self.target.schema(component)


class RecordSchema(AutoSchema):
    """Operations of a resource: its filters, the common parameters, and its problems."""

    view: Any

    def get_summary(self) -> str | None:
        """`查询举措`, by the model's Chinese name."""
        verb, model = VERBS.get(self.view.action), getattr(self.view, "model", None)
        return verb.format(model._meta.verbose_name) if verb and model else super().get_summary()

    def _is_list_view(self, serializer: Any = None) -> bool:
        """Whether the operation answers a page of records."""
        return self.view.action == "list" and hasattr(self.view, "model")

    def get_override_parameters(self) -> list[Any]:
        """Every query parameter that the view accepts for this operation, in a fixed order."""
        return [self.parameter(name) for name in sorted(self.view.parameters())]

    def parameter(self, name: str) -> OpenApiParameter:
        """The description of one parameter, its example one that works."""
        filters = getattr(getattr(self.view, "filterset_class", None), "base_filters", {})
        if name in filters and self.view.action == "list":
            return filter_parameter(name, filters[name])
        example = self.example(name)
        return OpenApiParameter(
            name,
            self.common_schema(name),
            description=requests.DESCRIBED[name],
            explode=False if name in LISTS else None,
            examples=[OpenApiExample("示例", value=example)] if example else [],
        )

    def example(self, name: str) -> Any:
        """A value that works; none for a cursor, which only an answer can give."""
        if name in LISTS:
            return self.allowed(name)[-1:]
        return {"page_size": 100, "count": "true", "highlight": "true", "format": "json"}.get(name)

    def common_schema(self, name: str) -> dict[str, Any]:
        """The JSON schema of a parameter that all resources share, with the names this one allows."""
        if name in LISTS:
            return {"type": "array", "items": {"type": "string", "enum": self.allowed(name)}}
        if name == "page_size":
            size = {"minimum": 1, "maximum": requests.LARGEST_PAGE, "default": requests.PAGE_SIZE}
            return {"type": "integer", **size}
        if (name, self.view.action) == ("city", "compare"):
            return {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 12}
        if name == "limit":
            return {"type": "integer", "minimum": 1, "maximum": 50, "default": 10}
        if name == "format":
            return {"type": "string", "enum": [each.format for each in self.view.get_renderers()]}
        return {"type": "boolean"} if name in SWITCHES else {"type": "string"}

    def allowed(self, name: str) -> list[str]:
        """The names that one of the list parameters takes."""
        if name == "ordering":
            return [sign + key for key in self.view.orderings for sign in ("", "-")]
        if name == "group_by":
            return list(self.view.groups)
        serializer = self.view.shown_serializer()
        return serializer.expandable() if name == "expand" else list(serializer.shown())

    def get_response_serializers(self) -> Any:
        """The answer, and the problem document for every refusal."""
        answer = super().get_response_serializers()
        if isinstance(answer, dict) or self.method != "GET":
            return answer
        refusals = (400,) if self.view.action == "list" else (400, 404)
        takeaways = [each for each in self.view.get_renderers() if isinstance(each, TakeAway)]
        answers = {
            (200, "application/json"): answer,
            **{(200, each.media_type): OpenApiTypes.BINARY for each in takeaways},
        }
        return {**answers, **{(status, PROBLEM_TYPE): ProblemPart for status in refusals}}


def filter_parameter(name: str, parameter: Parameter) -> OpenApiParameter:
    """A filter parameter with its type, its Chinese description and its example."""
    listed = parameter.split or parameter.family
    schema = {"type": "array", "items": parameter.schema} if listed else dict(parameter.schema)
    return OpenApiParameter(
        name,
        schema,
        description=parameter.help_text,
        explode=not parameter.split if listed else None,
        examples=[OpenApiExample("示例", value=[parameter.example] if listed else parameter.example)],
    )
