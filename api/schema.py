"""The OpenAPI description, written from the same declarations that answer requests."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import Direction, OpenApiExample, OpenApiParameter
from rest_framework.permissions import SAFE_METHODS

from api import requests
from api.errors import PROBLEM_TYPE
from api.parameters import Parameter
from api.permissions import ReadOrEdit
from api.renderers import TakeAway
from api.serializers.parts import ProblemPart
from api.suggest import SUGGESTED

SWITCHES = {"count", "highlight"}
LISTS = {"fields", "omit", "expand", "ordering", "group_by"}
EXAMPLES: dict[str, Any] = {
    "page_size": 100,
    "count": "true",
    "highlight": "true",
    "format": "json",
    "q": "hhht",
    "kind": "place",
    "limit": 10,
    "after": 100,
    "resource": "initiatives",
}
VERBS = {
    "list": _("查询{}"),
    "retrieve": _("读取一条{}"),
    "create": _("新增{}"),
    "partial_update": _("修改一条{}"),
    "destroy": _("否定一条{}"),
    "merge": _("把一条{}并入另一条"),
    "history": _("查询一条{}的历史"),
    "unmerge": _("撤销一条{}的合并"),
    "split": _("把一条{}的一部分出处移到另一条"),
}
WRITES = {
    "create": (201,),
    "partial_update": (200,),
    "destroy": (204,),
    "merge": (200,),
    "unmerge": (200,),
    "split": (200, 201),
}
"""What a write answers: 201 where something new has come of it."""

ALWAYS = (400, 401, 429, 503)
"""What any request may meet: a wrong parameter, a wrong token, too many requests, a database that is down."""

REFUSED = {
    "retrieve": (404,),
    "history": (404,),
    "create": (403, 409, 413, 415),
    "partial_update": (403, 404, 409, 412, 415, 428),
    "destroy": (403, 404, 412, 428),
    "merge": (403, 404, 409, 412, 415, 428),
    "unmerge": (403, 404, 409, 415),
    "split": (403, 404, 409, 412, 415, 428),
}

MOVED = {
    "description": _("这条记录已并入另一条，Location 是后者的地址。"),
    "headers": {"Location": {"schema": {"type": "string"}, "description": _("并入的记录的地址。")}},
}

IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string"},
    OpenApiParameter.HEADER,
    required=True,
    description=_("读取这条记录时所得的 ETag；记录此后已被修改则拒绝。"),
)


class ShownFieldSchema(OpenApiSerializerFieldExtension):
    """Lets every field of an answer describe itself."""

    target_class = "api.serializers.fields.Shown"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        """The JSON schema that the field gives."""

        def component(serializer: type) -> dict[str, Any]:
            return auto_schema.resolve_serializer(serializer, direction).ref

        return self.target.schema(component)


class TokenScheme(OpenApiAuthenticationExtension):
    """Tokens, as tools that read the schema know them."""

    target_class = "api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """A bearer token."""
        return {"type": "http", "scheme": "bearer", "description": _("在管理后台生成的令牌。")}


class RecordSchema(AutoSchema):
    """Operations of a resource: its filters, the common parameters, and its problems."""

    view: Any

    def get_summary(self) -> str | None:
        """`查询举措`, by the model's Chinese name."""
        verb, model = VERBS.get(self.view.action), getattr(self.view, "model", None)
        return verb.format(model._meta.verbose_name) if verb and model else super().get_summary()

    def get_description(self) -> str:  # type: ignore[override]
        """How the parameters of a list go together."""
        is_list = self.view.action == "list" and hasattr(self.view, "model")
        return self.view.get_view_description() if is_list else ""

    def _is_list_view(self, serializer: Any = None) -> bool:
        """Whether the operation answers a page of records."""
        return self.view.action in ("list", "history") and hasattr(self.view, "model")

    def get_override_parameters(self) -> list[Any]:
        """Every query parameter that the view accepts for this operation, in a fixed order."""
        found = [self.parameter(name) for name in sorted(self.view.parameters())]
        if self.view.action in ("partial_update", "destroy", "merge", "split"):
            found.append(IF_MATCH)
        return found

    def get_auth(self) -> list[dict[str, list[str]]]:
        """How to be let in; where reading is open, nothing is needed for it."""
        needed = super().get_auth()
        is_open = settings.KB_PUBLIC_READ and self.method in SAFE_METHODS
        guarded = hasattr(self.view, "permission_classes") and ReadOrEdit not in self.view.permission_classes
        return [*needed, {}] if is_open and not guarded and {} not in needed else needed

    def parameter(self, name: str) -> OpenApiParameter:
        """The description of one parameter, its example one that works."""
        filters = getattr(getattr(self.view, "filterset_class", None), "base_filters", {})
        if name in filters and self.view.action == "list":
            return filter_parameter(name, filters[name])
        example = self.example(name)
        return OpenApiParameter(
            name,
            self.common_schema(name),
            required=(name, self.view.action) == ("city", "compare"),
            description=requests.DESCRIBED[name],
            explode=False if name in LISTS else None,
            examples=[OpenApiExample(str(_("示例")), value=example)] if example else [],
        )

    def example(self, name: str) -> Any:
        """A value that works; none for a cursor, which only an answer can give."""
        if name in LISTS:
            return self.allowed(name)[-1:]
        return ["150100", "150600"] if name == "city" else EXAMPLES.get(name)

    def common_schema(self, name: str) -> dict[str, Any]:
        """The JSON schema of a parameter that all resources share, with the names this one allows."""
        if name in LISTS:
            return {"type": "array", "items": {"type": "string", "enum": self.allowed(name)}}
        if name == "page_size":
            size = {"minimum": 1, "maximum": requests.LARGEST_PAGE, "default": requests.PAGE_SIZE}
            return {"type": "integer", **size}
        if (name, self.view.action) == ("city", "compare"):
            return {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 12}
        if name == "kind":
            one = "|".join(SUGGESTED)
            return {"type": "string", "pattern": f"^({one})(,({one}))*$"}
        if name == "after":
            return {"type": "integer", "minimum": 0, "default": 0}
        if name == "limit":
            return {"type": "integer", "minimum": 1, "maximum": 50, "default": 10}
        if name == "format":
            formats = [each.format for each in self.view.get_renderers() if each.format != "api"]
            return {"type": "string", "enum": formats}
        return {"type": "boolean"} if name in SWITCHES else {"type": "string"}

    def allowed(self, name: str) -> list[str]:
        """The names that one of the list parameters takes."""
        if name == "ordering":
            return [sign + key for key in self.view.orderings for sign in ("", "-")]
        if name == "group_by":
            return list(self.view.groups)
        serializer = self.view.shown_serializer()
        return serializer.expandable() if name == "expand" else list(serializer.shown())

    def get_request_serializer(self) -> Any:
        """What a write takes."""
        return self.view.writer_class if self.view.action in ("create", "partial_update") else None

    def get_response_serializers(self) -> Any:
        """The answer: a record, a page of records, or a whole list taken away."""
        answer, action = super().get_response_serializers(), self.view.action
        if action in WRITES:
            shown = None if action == "destroy" else self.view.shown_serializer()
            return dict.fromkeys(WRITES[action], shown)
        takeaways = [each for each in self.view.get_renderers() if isinstance(each, TakeAway)]
        files = {(200, each.media_type): OpenApiTypes.BINARY for each in takeaways}
        return {(200, "application/json"): answer, **files}

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        """The answers of the operation, and the problem document for every refusal."""
        bodies = super()._get_response_bodies(direction)
        for status in (*ALWAYS, *REFUSED.get(self.view.action, ())):
            refusal = self._get_response_for_code(ProblemPart, str(status), media_types=[PROBLEM_TYPE])
            bodies.setdefault(str(status), refusal)
        if "204" in bodies:
            bodies["204"]["description"] = _("没有内容。")
        if hasattr(self.view, "merge") and self.view.detail:
            bodies["301"] = MOVED
        return bodies


def filter_parameter(name: str, parameter: Parameter) -> OpenApiParameter:
    """A filter parameter with its type, its Chinese description and its example."""
    listed = parameter.split or parameter.family
    schema = {"type": "array", "items": parameter.schema} if listed else dict(parameter.schema)
    return OpenApiParameter(
        name,
        schema,
        description=parameter.help_text,
        explode=not parameter.split if listed else None,
        examples=[OpenApiExample(str(_("示例")), value=[parameter.example] if listed else parameter.example)],
    )
