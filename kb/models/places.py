"""Places, their names, and where articles mention them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kb.models.base import (
    KEY_LENGTH,
    NAME_LENGTH,
    Evidence,
    Name,
    NamedRecord,
    labelled,
    lengths_index,
    listed,
    names_index,
)
from kb.models.constraint_words import WORDS
from kb.models.history import Tracked
from kb.names import scoped_key
from kb.vocabulary import PlaceLevel


class Place(NamedRecord):
    """A named place, from a region down to a site."""

    code = models.CharField(
        _("行政区划代码"),
        max_length=12,
        unique=True,
        null=True,
        blank=True,
        help_text=_("GB/T 2260 规定的行政区划代码；乡镇以下的地方和功能区没有代码时为空。"),
    )
    level = models.CharField(
        _("级别"),
        max_length=20,
        choices=labelled(PlaceLevel),
        help_text=_("地方在行政层级中的位置，从省级到场所。"),
    )
    parent = models.ForeignKey(
        "self",
        # What lies below would lose its place in the order.
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级"),
        help_text=_("上一级地方，例如旗县区的盟市；不知道时为空。"),
    )
    city = models.ForeignKey(
        "self",
        # A place answers queries by its 盟市; it must not lose it silently.
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="places_in_city",
        verbose_name=_("盟市"),
        help_text=_("所属的盟市；盟市自身填写自己，省级地方为空。"),
    )
    longitude = models.FloatField(
        _("经度"), null=True, blank=True, help_text=_("中心点的经度，单位为度，东经为正；不知道时为空。")
    )
    latitude = models.FloatField(
        _("纬度"), null=True, blank=True, help_text=_("中心点的纬度，单位为度，北纬为正；不知道时为空。")
    )

    history = Tracked()

    class Meta(NamedRecord.Meta):
        verbose_name = _("地名")
        verbose_name_plural = _("地名")
        ordering = ("id",)
        constraints = (
            *NamedRecord.Meta.constraints,
            listed("level", PlaceLevel),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="kb_place_centre",
            ),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="kb_place_not_its_own_parent"),
        )
        indexes = (
            models.Index(fields=("level", "id"), name="kb_place_level"),
            lengths_index("kb_place_length"),
        )

    def clean(self) -> None:
        """Refuses half a centre; a rule of the database lets pass what it cannot tell."""
        super().clean()
        if (self.longitude is None) != (self.latitude is None):
            raise ValidationError(WORDS["kb_place_centre"], code="constraint")

    def name_scope(self) -> str:
        """The key of the place above; a place with a code is known by the code alone."""
        return self.parent.own_key() if self.parent else ""

    def own_key(self) -> str:
        """What names below it are scoped by: the code, or the name within what lies above."""
        return self.code or scoped_key(self.name_scope(), self.name)

    def remember_name(self) -> None:
        """Adds the current name to the names: under the code where there is one, a later name beside it."""
        known, _made = PlaceName.objects.get_or_create(
            key=self.own_key()[:KEY_LENGTH], defaults={"name": self.name, "place": self}
        )
        if known.name != self.name:
            super().remember_name()


class PlaceName(Name):
    """A name of a place: the official one, a short form, a misprint."""

    place = models.ForeignKey(
        Place,
        # A name is a part of what it names.
        on_delete=models.CASCADE,
        related_name="names",
        verbose_name=_("地名"),
        help_text=_("这个名称所指的地方。"),
    )

    class Meta(Name.Meta):
        verbose_name = _("地名别称")
        verbose_name_plural = _("地名别称")
        indexes = (names_index("kb_placename_name"), lengths_index("kb_placename_length"))


class PlaceMention(Evidence):
    """A place named in the body of an article."""

    place = models.ForeignKey(
        Place,
        # The mention is still printed; it becomes an unresolved one.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="mentions",
        db_index=False,  # the index below begins with it
        verbose_name=_("地名"),
        help_text=_("所指的地方；不能确定是哪一个时为空。"),
    )
    official = models.CharField(
        _("读作"), max_length=NAME_LENGTH, help_text=_("导入程序读出的官方全称；不能确定时为印刷的文字。")
    )

    history = Tracked()

    class Meta(Evidence.Meta):
        verbose_name = _("地名出处")
        verbose_name_plural = _("地名出处")
        default_related_name = "place_mentions"
        indexes = (
            models.Index(fields=("place", "state", "article", "start", "id"), name="kb_place_evidence"),
        )
