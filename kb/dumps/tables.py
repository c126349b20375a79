"""What a dump holds: the tables in an order in which they can be read back, and their columns."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

DUMPED = (
    "kb_publication",
    "kb_page",
    "kb_author",
    "kb_place",
    "kb_article",
    "kb_credit",
    "kb_placename",
    "kb_organisation",
    "kb_organisationname",
    "kb_initiative",
    "kb_initiativename",
    "kb_initiative_places",
    "kb_initiative_organisers",
    "kb_placemention",
    "kb_organisationmention",
    "kb_initiativemention",
    "kb_metric",
    "kb_divergence",
    "kb_doubt",
    "kb_change",
    "kb_merge",
    "kb_distinct",
    "kb_historicalpublication",
    "kb_historicalpage",
    "kb_historicalauthor",
    "kb_historicalplace",
    "kb_historicalarticle",
    "kb_historicalorganisation",
    "kb_historicalinitiative",
    "kb_historicalplacemention",
    "kb_historicalorganisationmention",
    "kb_historicalinitiativemention",
    "kb_historicalmetric",
    "kb_historicaldoubt",
)

LEFT_OUT = {
    "kb_decision": "who decided what, to undo it; the doubts say what became of them",
    "kb_changecontext": "holds rows only inside a writing transaction",
    "kb_webhook": "an address and a secret of this installation",
    "kb_delivery": "what this installation has sent",
}
"""Tables of the knowledge base that no dump holds, with the reason; accounts are not among its tables."""

WITHHELD = {
    ("kb_doubt", "decided_by_id"),
    ("kb_doubt", "decision_id"),
    ("kb_doubt", "claimed_by_id"),
    ("kb_doubt", "claimed_until"),
    ("kb_divergence", "decided_by_id"),
    ("kb_change", "batch"),
}
"""Columns that are null in a dump: accounts are no part of it, nobody is at work, no transaction open."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the dump."""

    model: type[Model]

    @property
    def db_name(self) -> str:
        """The name in the database: `kb_place`."""
        return self.model._meta.db_table

    @property
    def name(self) -> str:
        """The name in the dump: `place`."""
        return self.db_name.removeprefix("kb_")

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.jsonl"

    @property
    def columns(self) -> list[Field]:
        """The columns that are stored; the database derives the others."""
        return [field for field in self.model._meta.concrete_fields if not field.generated]

    def is_withheld(self, field: Field) -> bool:
        """Whether a column is null in every dump."""
        return (self.db_name, field.column) in WITHHELD


def column_name(field: Field) -> str:
    """The name of a field's column in the database and in the dump."""
    return str(field.column)


def tables() -> list[Table]:
    """The tables of a dump, each after those that it refers to."""
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    return [Table(models[name]) for name in DUMPED]


def described(table: Table) -> dict[str, Any]:
    """A table in words: its name, what it holds, and each column with type, meaning and reference."""
    return {
        "name": table.name,
        "label": str(table.model._meta.verbose_name),
        "file": table.file,
        "columns": [_described(field) for field in table.columns],
    }


def _described(field: Field) -> dict[str, Any]:
    """A column in words."""
    target: Any = field.remote_field.model._meta.db_table if field.remote_field else None
    return {
        "name": field.column,
        "type": (field.target_field if field.remote_field else field).get_internal_type(),  # type: ignore[attr-defined]
        "label": str(field.verbose_name),
        "help": str(field.help_text),
        "null": field.null,
        "references": target.removeprefix("kb_") if target in DUMPED else None,
        "choices": {str(value): str(label) for value, label in field.flatchoices} or None,
    }
