"""Organisations, their names, and where articles mention them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from kb.models.base import (
    NAME_LENGTH,
    Evidence,
    Name,
    NamedRecord,
    labelled,
    lengths_index,
    listed,
    names_index,
)
from kb.models.history import Tracked
from kb.vocabulary import OrganisationCategory


class Organisation(NamedRecord):
    """A named body: a party organisation, a department, a school, a company, a volunteer team."""

    category = models.CharField(
        _("类别"),
        max_length=30,
        choices=labelled(OrganisationCategory),
        help_text=_("组织的类别，例如党委、党支部、政府部门或企业。"),
    )
    place = models.ForeignKey(
        "kb.Place",
        # A body stays one where the row of its place is removed.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("所在地"),
        help_text=_("组织名称所指的地方，例如某旗的组织部所在的旗；不知道时为空。"),
    )
    city = models.ForeignKey(
        "kb.Place",
        # Merging cities is a person's decision; a body must not lose its 盟市 silently.
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations_in_city",
        verbose_name=_("盟市"),
        help_text=_("组织所在的盟市；自治区级和全国性的组织为空。"),
    )
    parent = models.ForeignKey(
        "self",
        # A part stays a body of its own where the whole is removed.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级组织"),
        help_text=_("名称中写明的上级组织，例如某局党支部的某局；没有写明时为空。"),
    )
    source_article = models.ForeignKey(
        "kb.Article",
        # The body outlives the article that first described it.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("依据文章"),
        help_text=_("各字段所依据的文章。"),
    )

    history = Tracked()

    class Meta(NamedRecord.Meta):
        verbose_name = _("组织")
        verbose_name_plural = _("组织")
        ordering = ("id",)
        constraints = (*NamedRecord.Meta.constraints, listed("category", OrganisationCategory))
        indexes = (
            models.Index(fields=("category", "id"), name="kb_organisation_category"),
            models.Index(fields=("city", "category", "id"), name="kb_organisation_city_category"),
            lengths_index("kb_organisation_length"),
            models.Index(fields=("updated_at", "id"), name="kb_organisation_updated"),
        )

    def clean(self) -> None:
        """Refuses an organisation that stands below itself."""
        super().clean()
        if self.pk is not None and self.parent_id == self.pk:
            raise ValidationError({"parent": _("一个组织的上级不能是它自己。")})

    def name_scope(self) -> str:
        """The code of its 盟市: the same name in two cities is two bodies."""
        return self.city.own_key() if self.city else ""


class OrganisationName(Name):
    """A name of an organisation: the canonical one or another form."""

    organisation = models.ForeignKey(
        Organisation,
        # A name is a part of what it names.
        on_delete=models.CASCADE,
        related_name="names",
        verbose_name=_("组织"),
        help_text=_("这个名称所指的组织。"),
    )

    class Meta(Name.Meta):
        verbose_name = _("组织别称")
        verbose_name_plural = _("组织别称")
        indexes = (names_index("kb_organisationname_name"), lengths_index("kb_organisationname_length"))


class OrganisationMention(Evidence):
    """An organisation named in the body of an article."""

    organisation = models.ForeignKey(
        Organisation,
        # The mention is still printed; it becomes an unresolved one.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="mentions",
        db_index=False,  # the index below begins with it
        verbose_name=_("组织"),
        help_text=_("所指的组织；不能确定是哪一个时为空。"),
    )
    name = models.CharField(
        _("读作"), max_length=NAME_LENGTH, help_text=_("导入程序读出的组织全称；不能确定时为印刷的文字。")
    )

    history = Tracked()

    class Meta(Evidence.Meta):
        verbose_name = _("组织出处")
        verbose_name_plural = _("组织出处")
        default_related_name = "organisation_mentions"
        indexes = (
            models.Index(
                fields=("organisation", "state", "article", "start", "id"),
                name="kb_organisation_evidence",
            ),
        )
