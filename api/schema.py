"""The OpenAPI description, written from the same declarations that answer requests."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction, OpenApiParameter

from api import requests
from api.parameters import Parameter
from api.serializers.parts import ProblemPart

SWITCHES = {"count", "highlight"}


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

    def get_override_parameters(self) -> list[OpenApiParameter]:
        """Every query parameter that the view accepts for this operation, in a fixed order."""
        names = getattr(self.view, "parameters", set)()
        return [self.parameter(name) for name in sorted(names)]

    def parameter(self, name: str) -> OpenApiParameter:
        """The description of one parameter, its example one that works."""
        filters = getattr(getattr(self.view, "filterset_class", None), "base_filters", {})
        if name in filters:
            return filter_parameter(name, filters[name])
        text, _example = {**requests.CHOOSING, **requests.PAGING, **requests.COMMON}[name]
        return OpenApiParameter(
            name,
            self.common_schema(name),
            description=text,
            explode=None if name in ("count", "cursor", "page_size", "format") else False,
        )

    def common_schema(self, name: str) -> dict[str, Any]:
        """The JSON schema of a parameter that all resources share, with the names this one allows."""
        serializer = self.view.serializer_class
        lists = {
            "fields": list(serializer.shown()),
            "omit": list(serializer.shown()),
            "expand": serializer.expandable(),
            "ordering": [sign + key for key in getattr(self.view, "orderings", ()) for sign in ("", "-")],
        }
        if name in lists:
            return {"type": "array", "items": {"type": "string", "enum": lists[name]}}
        if name == "page_size":
            return {
                "type": "integer",
                "minimum": 1,
                "maximum": requests.LARGEST_PAGE,
                "default": requests.PAGE_SIZE,
            }
        return {"type": "boolean"} if name in SWITCHES else {"type": "string"}

    def get_response_serializers(self) -> Any:
        """The answer, and the problem document for every refusal."""
        answer = super().get_response_serializers()
        if isinstance(answer, dict):
            return answer
        return {200: answer, 400: ProblemPart, 404: ProblemPart} if self.method == "GET" else answer


def filter_parameter(name: str, parameter: Parameter) -> OpenApiParameter:
    """A filter parameter with its type, its Chinese description and its example."""
    many = parameter.split
    schema = {"type": "array", "items": parameter.schema} if many or parameter.family else parameter.schema
    return OpenApiParameter(
        name,
        {**schema},
        description=parameter.help_text,
        explode=False if many else (True if parameter.family else None),
    )
