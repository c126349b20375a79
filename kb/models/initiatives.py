"""Initiatives: named undertakings of organisations, their names, and where articles mention them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kb.models.base import (
    NAME_LENGTH,
    Evidence,
    Name,
    NamedRecord,
    dated,
    labelled,
    lengths_index,
    listed,
    names_index,
)
from kb.models.history import Tracked
from kb.vocabulary import DatePrecision, InitiativeKind


class Initiative(NamedRecord):
    """A named thing that organisations set up and carry out for a purpose."""

    kind = models.CharField(
        _("类别"),
        max_length=20,
        choices=labelled(InitiativeKind),
        help_text=_("举措的类别：活动、品牌、机制、项目、阵地或一次性活动。"),
    )
    started_on = models.DateField(
        _("开始日期"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("开始的日期；原文只写到年或月时，取该年或该月的第一天，并在精度中注明。"),
    )
    started_precision = models.CharField(
        _("开始日期精度"),
        max_length=10,
        choices=labelled(DatePrecision),
        blank=True,
        help_text=_("开始日期精确到年、月还是日；没有日期时为空。"),
    )
    started_text = models.CharField(
        _("开始日期原文"), max_length=NAME_LENGTH, blank=True, help_text=_("原文中说明开始时间的文字。")
    )
    city = models.ForeignKey(
        "kb.Place",
        # Queries go by the 盟市; an initiative must not lose it silently.
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="initiatives_in_city",
        verbose_name=_("盟市"),
        help_text=_("开展这项举措的盟市；全国性和全区性的举措为空。"),
    )
    places = models.ManyToManyField(
        "kb.Place",
        blank=True,
        related_name="initiatives",
        verbose_name=_("地点"),
        help_text=_("开展这项举措的地方。"),
    )
    organisers = models.ManyToManyField(
        "kb.Organisation",
        blank=True,
        related_name="initiatives",
        verbose_name=_("组织者"),
        help_text=_("发起或实施这项举措的组织。"),
    )
    source_article = models.ForeignKey(
        "kb.Article",
        # The initiative outlives the article that first described it.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("依据文章"),
        help_text=_("各字段所依据的文章。"),
    )

    history = Tracked()

    class Meta(NamedRecord.Meta):
        verbose_name = _("举措")
        verbose_name_plural = _("举措")
        ordering = ("id",)
        constraints = (
            *NamedRecord.Meta.constraints,
            listed("kind", InitiativeKind),
            dated("started"),
        )
        indexes = (
            models.Index(fields=("kind", "id"), name="kb_initiative_kind"),
            models.Index(fields=("city", "kind", "id"), name="kb_initiative_city_kind"),
            lengths_index("kb_initiative_length"),
            models.Index(fields=("updated_at", "id"), name="kb_initiative_updated"),
        )

    def name_scope(self) -> str:
        """The code of its 盟市: a city's own initiative is not the nationwide one of the same name."""
        return self.city.own_key() if self.city else ""


class InitiativeName(Name):
    """A name of an initiative: the canonical one or another form."""

    initiative = models.ForeignKey(
        Initiative,
        # A name is a part of what it names.
        on_delete=models.CASCADE,
        related_name="names",
        verbose_name=_("举措"),
        help_text=_("这个名称所指的举措。"),
    )

    class Meta(Name.Meta):
        verbose_name = _("举措别称")
        verbose_name_plural = _("举措别称")
        indexes = (names_index("kb_initiativename_name"), lengths_index("kb_initiativename_length"))


class InitiativeMention(Evidence):
    """An initiative named in the body of an article."""

    initiative = models.ForeignKey(
        Initiative,
        # The mention is still printed; it becomes an unresolved one.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="mentions",
        db_index=False,  # the index below begins with it
        verbose_name=_("举措"),
        help_text=_("所指的举措；不能确定是哪一个时为空。"),
    )
    name = models.CharField(
        _("读作"), max_length=NAME_LENGTH, help_text=_("导入程序读出的举措名称；不能确定时为印刷的文字。")
    )

    history = Tracked()

    class Meta(Evidence.Meta):
        verbose_name = _("举措出处")
        verbose_name_plural = _("举措出处")
        default_related_name = "initiative_mentions"
        indexes = (
            models.Index(
                fields=("initiative", "state", "article", "start", "id"), name="kb_initiative_evidence"
            ),
        )
