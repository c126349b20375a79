"""The words that a record rests on: checked against the body, in code points."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from kb.evidence.kinds import Kind
from kb.models import Article

FURTHEST = 2**31 - 1

Span = tuple[int, int, str]
"""Start, end and the words."""


def check_span(article: Article, start: int, end: int, text: str) -> None:
    """Refuses words that do not stand at their place in the body: `body[start:end] == text`."""
    if not 0 <= start < end <= len(article.body):
        raise ValidationError(_("所选的文字不在正文之内。"))
    if article.body[start:end] != text:
        raise ValidationError(_("所选的文字与正文这一处不一致，请重新选择。"))
    if "\n" in text or not text.strip():
        raise ValidationError(_("请在一个段落之内选择文字。"))


def next_ordinal(kind: Kind, article: Article, start: int, end: int) -> int:
    """The rank of one more record at a span."""
    rows = kind.model._default_manager.filter(article=article, start=start, end=end)
    last: Any = rows.aggregate(last=Max("ordinal"))["last"]
    return 0 if last is None else last + 1
