"""Answers about differences: whether a person's word stays, or the importer's newer reading is taken."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kb import divergences
from kb.divergences import WHOLE, in_words, label_of
from kb.fields import group
from kb.models import Divergence, Doubt
from kb.review.answers.base import Answers, Option
from kb.review.ledger import Ledger
from kb.review.refusal import RefusedError

TAKE, KEEP = "take", "keep"


class DifferenceAnswers(Answers):
    """Which of two readings holds."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(doubt)
        found = doubt.divergence
        assert found is not None  # noqa: S101 - these are the answers to doubts that have one
        self.divergence: Divergence = found
        model = self.divergence.model
        self.rights = (f"kb.change_{model}", "kb.change_divergence")

    def question(self) -> str:
        """What is asked."""
        if self.divergence.field == WHOLE:
            return _("“%(text)s”已被否定，导入程序又读了出来，怎么办？") % {"text": self.divergence.name}
        field = label_of(self.divergence.row_model(), self.divergence.field)
        return _("“%(text)s”的%(field)s以哪个为准？") % {"text": self.divergence.name, "field": field}

    def options(self) -> list[Option]:
        """The person's word, then the reading."""
        row = self.divergence.row()
        if row is None:
            return []
        mine = divergences.values_of(row, self._fields())
        rejected = self.divergence.field == WHOLE
        return [
            Option(f"reading:{KEEP}", _("保持否定") if rejected else self._said(mine), (_("人工写的"),)),
            Option(f"reading:{TAKE}", self._said(self.divergence.read), (_("导入程序新读的"),)),
        ]

    def reject_label(self) -> str:
        """What rejecting means."""
        return _("不采用新的读法")

    def keep_label(self) -> str:
        """Accepting means nothing here: one of the two is chosen."""
        return ""

    def reject(self, ledger: Ledger) -> None:
        """The person's word stays."""
        self.take_reading(KEEP, ledger)

    def take_reading(self, value: str, ledger: Ledger) -> str:
        """Settles the difference for the person's word or for the reading."""
        row = self.divergence.row()
        if value not in (TAKE, KEEP) or row is None:
            raise RefusedError(_("没有这个选项。"))
        user = self.doubt.decided_by
        if value == KEEP:
            ledger.settle(self.divergence, lambda: divergences.keep(self.divergence, user))
            return _("保留人工写的")
        fields = [*self._fields(), "locked", "state"]
        try:
            with ledger.watching(row, fields):
                ledger.settle(self.divergence, lambda: divergences.take(self.divergence, user))
        except ValidationError as error:
            raise RefusedError("；".join(error.messages)) from error
        return self._said(self.divergence.read)

    def _fields(self) -> list[str]:
        """The fields that the reading gives, and those that are written with them."""
        return list(dict.fromkeys(each for name in self.divergence.read for each in group(name)))

    def _said(self, values: dict[str, Any]) -> str:
        """Values in words; each with its field where there are several."""
        model = self.divergence.row_model()
        known = [name for name in values if name in self.divergence.read]
        said = [(label_of(model, name), in_words(model, name, values[name])) for name in known]
        return said[0][1] if len(said) == 1 else "；".join(f"{label} {words}" for label, words in said)
