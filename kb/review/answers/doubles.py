"""Answers about a new record that may be one with another: merged either way, or two for good."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from kb.merging.duplicates import tell_apart
from kb.merging.evidence import Side, sides
from kb.merging.merge import MERGED, MergeError, merge
from kb.models import Doubt
from kb.names import quotable
from kb.review.answers.base import MOST, Answers, Option, suggested
from kb.review.doubles import resource_of, standing
from kb.review.ledger import Ledger
from kb.review.refusal import RefusedError
from kb.web import links

SURE = 0.5
"""From this confidence on, merging is suggested."""


class DoubleAnswers(Answers):
    """Whether a record is one with another that was there before."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(doubt)
        self.model = MERGED[resource_of(doubt)]
        self.rights = (f"kb.change_{doubt.kind}",)
        self.pairs = standing(doubt)
        """The record and the other of each pair that nobody has decided, as they are called now."""

    def question(self) -> str:
        """What is asked."""
        known = self._sides
        if not known:
            return _("“%(text)s”与别的记录是同一个吗？") % {"text": quotable(self.doubt.text)}
        return _("“%(one)s”与“%(other)s”是同一个吗？") % {
            "one": quotable(known[self.pairs[0][0]].row),
            "other": quotable(known[self.pairs[0][1]].row),
        }

    def options(self) -> list[Option]:
        """Both ways of merging each pair, the record with more evidence left first."""
        known, found = self._sides, []
        for pair in self.pairs:
            if all(pk in known for pk in pair):
                kept_first = sorted(pair, key=lambda pk: (-_evidence(known[pk]), pk))
                found += [
                    self._option(known[kept], known[gone]) for kept, gone in (kept_first, kept_first[::-1])
                ]
        return suggested(found[:MOST], self.doubt.confidence >= SURE and len(self.pairs) == 1)

    def _option(self, kept: Side, gone: Side) -> Option:
        """Merging one into the other."""
        label = _("合并，留下“%(name)s”") % {"name": quotable(kept.row)}
        url = links.admin_record(self.doubt.kind, kept.row.pk)
        return Option(f"merge:{gone.row.pk}-{kept.row.pk}", label, _features(kept), url)

    def reasons(self) -> list[str]:
        """Why they may be one."""
        return [_(reason) for reason in dict.fromkeys(r for c in self.doubt.candidates for r in c["reasons"])]

    def compared(self) -> list[Side]:
        """The records with what tells them apart, to be laid side by side."""
        known = self._sides
        return [known[pk] for pk in dict.fromkeys(pk for pair in self.pairs for pk in pair) if pk in known]

    def reject_label(self) -> str:
        """What rejecting means."""
        return _("不是同一个，不再提示")

    def keep_label(self) -> str:
        """Accepting without a choice means nothing here."""
        return ""

    def reject(self, ledger: Ledger) -> None:
        """Tells all pairs of the doubt apart."""
        by = self.doubt.decided_by.get_username() if self.doubt.decided_by else ""
        for one, other in self.pairs:
            ledger.told_apart(tell_apart(resource_of(self.doubt), one, other, by))

    def take_merge(self, value: str, ledger: Ledger) -> str:
        """Merges a pair."""
        gone, _dash, kept = value.partition("-")
        pair = {int(pk) for pk in (gone, kept) if pk.isascii() and pk.isdecimal() and len(pk) < 19}
        if not any(pair == {*each} for each in self.pairs):
            raise RefusedError(_("没有这个选项。"))
        rows: Any = self.model._default_manager.select_for_update().filter(pk__in=pair).order_by("pk")
        found = {row.pk: row for row in rows}
        if len(found) < len(pair):
            raise RefusedError(_("选定的记录已经不在或已被否定。"))
        try:
            ledger.merged(merge(found[int(gone)], found[int(kept)]))
        except MergeError as error:
            raise RefusedError(str(error)) from error
        return str(found[int(kept)])

    @cached_property
    def _sides(self) -> dict[int, Side]:
        """All records of the doubt with their evidence, by id."""
        return sides(self.model, [pk for pair in self.pairs for pk in pair]) if self.pairs else {}


def _evidence(side: Side) -> int:
    """How much speaks for a record."""
    return side.mentions + side.metrics


def _features(side: Side) -> tuple[str, ...]:
    """What tells a record from another, in short."""
    counted = _("出处 %(mentions)d，数据 %(metrics)d") % {"mentions": side.mentions, "metrics": side.metrics}
    values = [text for text in side.fields.values() if text != "—"]
    return (*values, *(f"“{quotable(name)}”" for name in side.names[:2]), counted)
