"""Records of another table shown whole inside their owner, such as the mentions of an article."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.module_loading import import_string

from api.serializers.links import Fetched
from api.serializers.records import RecordSerializer, shape_of
from kb.models.base import Evidence


class Nested(Fetched):
    """The rows that rest on spans of an article, in the order of the text; one query."""

    def __init__(self, model: type[Evidence], serializer: str, owner: str, **kwargs: Any) -> None:
        self.model, self.path, self.owner = model, serializer, owner
        super().__init__(**kwargs)

    @property
    def serializer(self) -> type[RecordSerializer]:
        """The serializer that shows each row."""
        return import_string(f"api.serializers.{self.path}")

    def fetch(self, ids: Sequence[int], base: str) -> dict[int, list[dict[str, Any]]]:
        """All rows of each owner; an article bounds their number."""
        owner, shape = f"{self.owner}_id", shape_of(self.serializer, base)
        mine = self.model.objects.asserted().filter(**{f"{self.owner}__in": ids})
        rows = list(shape.prepare(mine).order_by("start", "end", "id").values(owner, *shape.columns))
        found: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row, shown in zip(rows, shape.show_rows(rows), strict=True):
            found[row[owner]].append(shown)
        return found

    def schema(self, component: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
        """A list of the rows' own schema."""
        return {"type": "array", "items": component(self.serializer)}
