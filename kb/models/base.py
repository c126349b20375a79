"""What all tables of facts have in common: who wrote a row, what is locked, whether it counts."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, router
from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from kb.models.constraint_words import words_for
from kb.names import scoped_key
from kb.querysets import RecordQuerySet
from kb.vocabulary import DatePrecision, RecordOrigin, RecordState, Vocabulary

NAME_LENGTH = 300
KEY_LENGTH = 800


def labelled(vocabulary: type[Vocabulary]) -> list[tuple[str, Any]]:
    """The choices of a closed list, labels translated when they are shown."""
    return [(value, _(label)) for value, label in vocabulary.choices()]


def listed(field: str, vocabulary: type[Vocabulary], *, blank: bool = False) -> models.CheckConstraint:
    """The constraint that a field holds a value of its closed list, or nothing where `blank`."""
    values = [value for value, _label in vocabulary.choices()] + ([""] if blank else [])
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": values}), name=f"%(app_label)s_%(class)s_{field}_listed"
    )


def dated(prefix: str) -> models.CheckConstraint:
    """The constraint that a date and its precision are there both or neither."""
    precisions = [value for value, _label in DatePrecision.choices()]
    neither = Q(**{f"{prefix}_on__isnull": True, f"{prefix}_precision": ""})
    both = Q(**{f"{prefix}_on__isnull": False, f"{prefix}_precision__in": precisions})
    return models.CheckConstraint(
        condition=neither | both, name=f"%(app_label)s_%(class)s_{prefix}_date_and_precision"
    )


class Record(models.Model):
    """A row of the knowledge base that the importer and people both write."""

    created_at = models.DateTimeField(
        _("创建时间"), auto_now_add=True, help_text=_("这条记录第一次写入的时间。")
    )
    updated_at = models.DateTimeField(
        _("更新时间"), auto_now=True, help_text=_("这条记录的内容最近一次改变的时间。")
    )
    locked = models.JSONField(
        _("锁定字段"),
        default=list,
        blank=True,
        help_text=_("由人写定的字段名列表；再次导入时，导入程序不会改动这些字段。"),
    )
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=labelled(RecordState),
        default=RecordState.ASSERTED.value,
        help_text=_("有效的记录会出现在查询结果中；已否定的记录保留在库中，使再次导入不会把它加回来。"),
    )
    origin = models.CharField(
        _("来源"),
        max_length=10,
        choices=labelled(RecordOrigin),
        default=RecordOrigin.MANUAL.value,
        help_text=_("记录由导入程序写入，还是由人录入；人工录入的记录不会被导入程序删除。"),
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[Any] = (
            listed("state", RecordState),
            listed("origin", RecordOrigin),
        )

    def validate_constraints(self, exclude: Any = None) -> None:
        """Checks the rules of the database, and says in words which is broken."""
        using = router.db_for_write(type(self), instance=self)
        for model, constraints in self.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self, exclude=exclude, using=using)
                except ValidationError as error:
                    if words := words_for(constraint.name):
                        raise ValidationError(words, code="constraint") from error
                    raise

    @property
    def is_protected(self) -> bool:
        """Whether a person has had a hand in the row, so that the importer must not remove it."""
        return bool(self.locked) or self.state != RecordState.ASSERTED or self.origin != RecordOrigin.IMPORTED

    def lock(self, fields: Iterable[str]) -> None:
        """Marks fields as a person's word, and remembers what the importer had read there.

        Saving the row is the caller's part: afterwards, since what is stored counts as the reading.
        """
        from kb.divergences import remember  # it knows the models, which are built on this module

        new = set(fields) - set(self.locked)
        if new and self.pk:
            remember(self, sorted(new))
        self.locked = sorted({*self.locked, *new})

    def unlock(self, fields: Iterable[str]) -> None:
        """Gives fields back to the importer; saving the row is the caller's part."""
        self.locked = sorted(set(self.locked) - set(fields))


def names_index(name: str) -> models.Index:
    """The index by which a name, or names that begin so, are found; SQLite needs no operator class for it."""
    return models.Index(fields=("name",), name=name, opclasses=("varchar_pattern_ops",))


class InSignOrder(models.Func):
    """A name in the order of its signs' numbers, whatever the language of a PostgreSQL database."""

    template = "%(expressions)s"

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """SQLite keeps that order by itself."""
        return self.as_sql(compiler, connection, template='%(expressions)s COLLATE "C"', **more)


def lengths_index(name: str) -> models.Index:
    """The index by which the shortest names that begin so are found (kb/beginnings.py)."""
    return models.Index(Length("name"), InSignOrder("name"), name=name)


class Name(models.Model):
    """One name of a shared entity. The subclass has the link to its owner, `related_name="names"`."""

    name = models.CharField(
        _("名称"), max_length=NAME_LENGTH, help_text=_("这个对象的一个叫法，按印刷原样书写。")
    )
    key = models.CharField(
        _("识别键"),
        max_length=KEY_LENGTH,
        unique=True,
        help_text=_("名称及其适用范围（盟市或上级地名的代码），导入程序凭它找到同一个对象，全库不重复。"),
    )

    class Meta:
        abstract = True
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the name; one that a person gave gets its key from the owner's scope."""
        self.key = self.key or self.key_for(getattr(self, self.owner_field()))
        super().save(*args, **kwargs)

    @classmethod
    def owner_field(cls) -> str:
        """The name of the link to the owner: `organisation` for OrganisationName."""
        return (cls._meta.model_name or "").removesuffix("name")

    def key_for(self, owner: "NamedRecord") -> str:
        """The key of the name where it is one of this owner's."""
        return scoped_key(owner.name_scope(), self.name)[:KEY_LENGTH]

    def clean(self) -> None:
        """Refuses a name that another entity of the same scope bears."""
        owner = getattr(self, self.owner_field(), None)
        if owner is None or owner.pk is None:
            return
        others = type(self)._default_manager.filter(key=self.key_for(owner)).exclude(pk=self.pk)
        if held := others.select_related(self.owner_field()).first():
            bearer = getattr(held, self.owner_field())
            text = _("“%(name)s”已经是“%(owner)s”（编号 %(id)s）的名称；如果两者是同一个，请合并它们。")
            raise ValidationError({"name": text % {"name": self.name, "owner": bearer, "id": bearer.pk}})


class NamedRecord(Record):
    """A shared entity: one row however many articles name it."""

    name = models.CharField(
        _("名称"),
        max_length=NAME_LENGTH,
        db_index=True,
        help_text=_("规范的全称；其他叫法列在别名中。"),
    )

    class Meta(Record.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the row, and its name among its names, so that the next import finds it by that name."""
        super().save(*args, **kwargs)
        self.remember_name()

    def name_scope(self) -> str:
        """Where the name holds: the code of the entity's 盟市, or nothing."""
        raise NotImplementedError

    def remember_name(self) -> None:
        """Adds the current name to the name table; a key that another entity holds is left to it."""
        names = self.names  # type: ignore[attr-defined]
        key = scoped_key(self.name_scope(), self.name)[:KEY_LENGTH]
        owner = names.field.name
        names.model.objects.get_or_create(key=key, defaults={"name": self.name, owner: self})


class Evidence(Record):
    """A row that rests on a span of an article's body; `body[start:end] == text` is held by the database."""

    article = models.ForeignKey(
        "kb.Article",
        # The span has no meaning without the text that it counts in.
        on_delete=models.CASCADE,
        verbose_name=_("文章"),
        help_text=_("原文所在的文章。"),
    )
    start = models.PositiveIntegerField(
        _("起点"), help_text=_("原文第一个字在文章正文中的位置，按 Unicode 码位从 0 数起。")
    )
    end = models.PositiveIntegerField(
        _("终点"), help_text=_("原文最后一个字之后的位置，按 Unicode 码位从 0 数起。")
    )
    text = models.TextField(_("原文"), help_text=_("正文中从起点到终点的文字，与印刷原样一致。"))
    ordinal = models.PositiveSmallIntegerField(
        _("序号"), default=0, help_text=_("同一处原文读出多条同类记录时的先后次序，从 0 数起。")
    )

    class Meta(Record.Meta):
        abstract = True
        constraints: ClassVar[Any] = (
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(start__lt=models.F("end")), name="%(app_label)s_%(class)s_span"
            ),
            models.UniqueConstraint(
                fields=("article", "start", "end", "ordinal"), name="%(app_label)s_%(class)s_natural_key"
            ),
        )
        ordering = ("article_id", "start", "end", "ordinal")

    def __str__(self) -> str:
        return self.text
