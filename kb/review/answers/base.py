"""What all answers have in common: the options offered, a search for others, and writing the one chosen."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from kb.merging.evidence import Side
from kb.models import Doubt
from kb.models.base import Evidence, Record
from kb.review.ledger import Ledger
from kb.review.refusal import RefusedError
from kb.vocabulary import RecordOrigin, RecordState

MOST = 9
"""Options that are offered; each has a digit of its own."""


@dataclass(frozen=True, slots=True)
class Option:
    """A reading that may be chosen; `key` says it to the program: `place:12`."""

    key: str
    label: str
    features: tuple[str, ...] = ()
    url: str = ""
    is_suggested: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody typed instead: the one reading that it means, or several to choose from."""

    found: tuple[Option, ...]
    is_exact: bool = False


class Answers:
    """The answers to one doubt. A subclass knows the records of its kind."""

    evidence: ClassVar[type[Evidence] | None] = None
    """The table whose row stands at the doubt's span."""
    rights: tuple[str, ...] = ()
    """What one has to be allowed, beside deciding doubts, for writing the answer."""

    def __init__(self, doubt: Doubt) -> None:
        self.doubt = doubt

    def question(self) -> str:
        """What is asked, in one line."""
        return _("“%(text)s”读得对吗？") % {"text": self.doubt.text}

    def options(self) -> list[Option]:
        """The readings that are offered, most likely first."""
        return []

    def reasons(self) -> list[str]:
        """What speaks for asking, beyond the reason of the doubt."""
        return []

    def compared(self) -> list[Side]:
        """Records to be laid side by side, where the question is whether they are one."""
        return []

    def typed_label(self) -> str:
        """What may be typed where no option fits; empty where nothing may."""
        return ""

    def typed(self, words: str) -> Search:
        """The readings that typed words mean."""
        raise RefusedError(_("这一种疑问不能填写别的读法。"))

    def keep_label(self) -> str:
        """What it means to accept without choosing; empty where nothing is there to be kept."""
        return _("照读出的保留") if is_row(self.row()) else ""

    def reject_label(self) -> str:
        """What it means to reject."""
        return _("不是")

    def take(self, key: str, ledger: Ledger) -> str:
        """Writes the chosen reading; gives it in words. Raises RefusedError for a key that means nothing."""
        sort, _colon, value = key.partition(":")
        method = getattr(self, f"take_{sort}", None) if sort.isidentifier() else None
        if method is None or not value:
            raise RefusedError(_("没有这个选项。"))
        return method(value, ledger)

    def reject(self, ledger: Ledger) -> None:
        """Marks the row at the span as wrong, if there is one."""
        if row := self.row():
            ledger.change(row, state=RecordState.REJECTED.value)

    def row(self) -> Any:
        """The row of evidence at the doubt's span, or nothing."""
        doubt = self.doubt
        if self.evidence is None or doubt.article_id is None:
            return None
        rows = self.evidence._default_manager.filter(
            article=doubt.article_id, start=doubt.start, end=doubt.end
        )
        return rows.order_by("ordinal").first()

    def put(self, ledger: Ledger, **values: Any) -> None:
        """Gives the row at the span these values; makes it a person's row where there is none."""
        if row := self.row():
            if row.state == RecordState.REJECTED:
                values["state"] = RecordState.ASSERTED.value
            ledger.change(row, **values)
            return
        table: Any = self.evidence
        new = table(
            article_id=self.doubt.article_id, start=self.doubt.start, end=self.doubt.end, text=self.printed(),
            origin=RecordOrigin.MANUAL.value, **values,
        )  # fmt: skip
        new.lock(name.removesuffix("_id") for name in values)
        ledger.make(new)

    def printed(self) -> str:
        """The words at the span as the body has them now."""
        article = self.doubt.article
        words = article.body[self.doubt.start : self.doubt.end] if article else ""
        if not words:
            raise RefusedError(_("原文中已找不到这处文字，不能写入。"))
        return words


def chosen(model: Any, value: str) -> Any:
    """The row that an option names by id; raises RefusedError where it is there no more."""
    row = model.objects.asserted().filter(pk=value).first() if value.isdecimal() and len(value) < 19 else None
    if row is None:
        raise RefusedError(_("选定的记录已经不在或已被否定。"))
    return row


def suggested(options: list[Option], is_sure: bool) -> list[Option]:
    """The options, the first one marked as the importer's own choice where that is sure."""
    if not (options and is_sure):
        return options
    first = options[0]
    marked = Option(first.key, first.label, first.features, first.url, is_suggested=True)
    return [marked, *options[1:]]


def is_row(row: Record | None) -> bool:
    """Whether there is a row that counts."""
    return row is not None and row.state == RecordState.ASSERTED
