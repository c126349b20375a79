"""The parameter `q`: a text query over segmented Chinese, ranked."""

from typing import Any

from django.db.models import BigIntegerField, F
from django.db.models.functions import Cast
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from api.errors import Problem
from api.parameters import Parameter, Phrase

LONGEST_QUERY = 200
MILLION = 1_000_000.0


class TextQuery(Parameter):
    """Words that all must occur, best matches first; see `kb.search` for the syntax."""

    family = False

    @classmethod
    def over(cls, where: Phrase, example: str) -> "TextQuery":
        """The parameter for a resource, told where it searches."""
        words = format_lazy(
            _("在{where}中检索：多个词须都出现，“引号”内须连续，-词 表示排除；按相关程度排序。"), where=where
        )
        return cls(field_name="q", lookup_expr="search", example=example, help_text=words)

    def read(self, text: str) -> str:
        """The query; any characters will do, up to a length."""
        if len(text) > LONGEST_QUERY:
            raise Problem("invalid_value", param=self.name, value=text[:20], allowed=[f"1–{LONGEST_QUERY}"])
        return text.replace("\0", " ")

    def filter(self, qs: Any, value: tuple[Any, ...]) -> Any:
        """The rows found, with their `relevance`; several q are one query of all their words.

        The rank becomes a whole number, since a page's cursor must find it again to the last digit.
        """
        rows = qs.with_text(" ".join(value))
        if "search_rank" not in rows.query.annotations:
            return rows
        return rows.annotate(relevance=Cast(F("search_rank") * MILLION, BigIntegerField())).order_by()
