"""The form of a mention: which entity the words mean, one that is there or one that is made with it."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.evidence.candidates import candidates
from kb.evidence.kinds import KINDS, Kind
from kb.evidence.spans import Span, next_ordinal
from kb.evidence.widgets import EntityField
from kb.models import Article, Initiative, Organisation, Place
from kb.models.base import NAME_LENGTH, NamedRecord
from kb.names import scoped_key
from kb.vocabulary import RecordOrigin, RecordState

EXISTING, NEW, UNKNOWN = "existing", "new", "unknown"


class MentionForm(forms.Form):
    """What words mean; a subclass has the fields of an entity that is made along."""

    kind: ClassVar[str]
    made: ClassVar[tuple[str, ...]]
    """The fields of a new entity besides its name, each as `new_…` in the form."""

    meant = forms.ChoiceField(
        label=gettext_lazy("所指"),
        choices=[
            (EXISTING, gettext_lazy("库中已有的")),
            (NEW, gettext_lazy("新建一条")),
            (UNKNOWN, gettext_lazy("暂时不能确定")),
        ],
        widget=forms.RadioSelect,
        initial=EXISTING,
    )
    new_name = forms.CharField(label=gettext_lazy("规范全称"), max_length=NAME_LENGTH, required=False)

    def __init__(self, article: Article, span: Span, given: Any = None, *, row: Any = None) -> None:
        self.article, self.span, self.row = article, span, row
        self.made_entity: NamedRecord | None = None
        super().__init__(given, initial=self._first_reading() if row is None else self._present())

    @property
    def what(self) -> Kind:
        """The kind of record."""
        return KINDS[self.kind]

    def _present(self) -> dict[str, Any]:
        """What the form of a mention begins with."""
        entity = getattr(self.row, f"{self.what.link}_id")
        return self._new() | {"meant": EXISTING if entity else UNKNOWN, "entity": entity}

    def _first_reading(self) -> dict[str, Any]:
        """What the form of a new mention begins with: the entity of that very name, if there is one alone."""
        found = candidates(self.kind, self.span[2])
        same = [each["id"] for each in found if each["name"] == self.span[2]]
        meant = EXISTING if found else NEW
        return self._new() | {"meant": meant, "entity": same[0] if len(same) == 1 else None}

    def _new(self) -> dict[str, Any]:
        return {"new_name": self.span[2], "new_city": self.article.city_id}

    def clean(self) -> dict[str, Any]:
        """The values, with what is meant as `meant_entity`; a new entity is checked, not yet stored."""
        values = super().clean() or {}
        if values.get("meant") == EXISTING:
            values["meant_entity"] = values.get("entity")
            if not values["meant_entity"] and "entity" not in self.errors:
                self.add_error("entity", _("请从候选中选定一条，或选择新建。"))
        elif values.get("meant") == NEW and not self.errors:
            values["meant_entity"] = self.made_entity = self._new_entity(values)
        self._refuse_double(values.get("meant_entity"))
        return values

    def _new_entity(self, values: dict[str, Any]) -> Any:
        row = self.what.entity(name=values["new_name"].strip(), origin=RecordOrigin.MANUAL.value)
        for name in self.made:
            setattr(row, name, values[f"new_{name}"])
        self.complete(row)
        try:
            row.full_clean()
        except ValidationError as error:
            for name, said in error.message_dict.items():
                self.add_error(f"new_{name}" if f"new_{name}" in self.fields else None, said)
            return None
        self._refuse_known(row)
        return row

    def complete(self, row: Any) -> None:
        """Fills in what follows from what was given."""
        row.source_article = self.article

    def _refuse_known(self, row: Any) -> None:
        """Refuses a new entity whose name another one bears in the same place."""
        names = row._meta.get_field("names").related_model
        key = scoped_key(row.name_scope(), row.name)
        held = names._default_manager.filter(key=key).select_related(self.kind).first()
        if held:
            bearer = getattr(held, self.kind)
            self.add_error(
                "new_name",
                _("“%(name)s”已经在库中（编号 %(id)s），请选择库中已有的。")
                % {"name": bearer, "id": bearer.pk},
            )

    def _refuse_double(self, entity: Any) -> None:
        """Refuses a second mention of the same entity at the same words."""
        if self.errors or entity is None or entity.pk is None:
            return
        start, end, _text = self.span
        same = self.what.model._default_manager.filter(
            article=self.article,
            start=start,
            end=end,
            state=RecordState.ASSERTED.value,
            **{self.what.link: entity},
        )
        if same.exclude(pk=self.row.pk if self.row else None).exists():
            self.add_error("entity", _("这几个字已经标成了这条记录。"))

    def save(self) -> tuple[Any, list[str]]:
        """The stored row and the fields that it changed; a new one is a person's, all of it locked."""
        entity = self.cleaned_data.get("meant_entity")
        if self.made_entity is not None:
            self.made_entity.lock(["name", *self.made])
            self.made_entity.save()
        start, end, text = self.span
        row = self.row
        if row is None:
            row = self.what.model(
                article=self.article, start=start, end=end, text=text,
                ordinal=next_ordinal(self.what, self.article, start, end),
            )  # fmt: skip
        changed = row.pk is None or getattr(row, f"{self.what.link}_id") != (entity.pk if entity else None)
        fields = list(self.what.read) if changed else []
        if changed:
            setattr(row, self.what.link, entity)
            setattr(row, self.what.read_as, entity.name if entity else text[:NAME_LENGTH])
            row.lock(fields)
        row.state = RecordState.ASSERTED.value
        row.save()
        return row, fields


class PlaceMentionForm(MentionForm):
    """A place named."""

    kind = "place"
    made = ("level", "parent")
    entity = EntityField("place", label=gettext_lazy("地名"))
    new_level = Place._meta.get_field("level").formfield(required=False)
    new_parent = EntityField("place", label=gettext_lazy("上级"))

    def complete(self, row: Place) -> None:
        """The 盟市 is that of what lies above."""
        above = row.parent
        if above is not None:
            row.city = above if above.level == "city" else above.city

    def clean(self) -> dict[str, Any]:
        """A place is known by its name within what lies above it."""
        values = super().clean()
        if values.get("meant") == NEW and not values.get("new_parent"):
            self.add_error("new_parent", _("请选定上级，同名的地方靠它区分。"))
        return values


class OrganisationMentionForm(MentionForm):
    """An organisation named."""

    kind = "organisation"
    made = ("category", "place", "city")
    entity = EntityField("organisation", label=gettext_lazy("组织"))
    new_category = Organisation._meta.get_field("category").formfield(required=False)
    new_place = EntityField("place", label=gettext_lazy("所在地"))
    new_city = EntityField("place", label=gettext_lazy("盟市"))


class InitiativeMentionForm(MentionForm):
    """An initiative named."""

    kind = "initiative"
    made = ("kind", "city")
    entity = EntityField("initiative", label=gettext_lazy("举措"))
    new_kind = Initiative._meta.get_field("kind").formfield(required=False)
    new_city = EntityField("place", label=gettext_lazy("盟市"))
