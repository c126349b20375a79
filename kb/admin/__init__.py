"""The admin: one file for each family of models."""

from kb.admin.accounts import AccountAdmin, RightsAdmin
from kb.admin.changes import ChangeAdmin
from kb.admin.divergences import DivergenceAdmin
from kb.admin.initiatives import InitiativeAdmin, InitiativeMentionAdmin, InitiativeNameAdmin
from kb.admin.merging import DistinctAdmin, MergeAdmin
from kb.admin.metrics import MetricAdmin
from kb.admin.organisations import OrganisationAdmin, OrganisationMentionAdmin, OrganisationNameAdmin
from kb.admin.pages import ArticleAdmin, AuthorAdmin, CreditAdmin, PageAdmin, PublicationAdmin
from kb.admin.places import PlaceAdmin, PlaceMentionAdmin, PlaceNameAdmin
from kb.admin.review import DecisionAdmin, DoubtAdmin
from kb.admin.webhooks import DeliveryAdmin, WebhookAdmin

__all__ = [
    "AccountAdmin",
    "ArticleAdmin",
    "AuthorAdmin",
    "ChangeAdmin",
    "CreditAdmin",
    "DecisionAdmin",
    "DeliveryAdmin",
    "DistinctAdmin",
    "DivergenceAdmin",
    "DoubtAdmin",
    "InitiativeAdmin",
    "InitiativeMentionAdmin",
    "InitiativeNameAdmin",
    "MergeAdmin",
    "MetricAdmin",
    "OrganisationAdmin",
    "OrganisationMentionAdmin",
    "OrganisationNameAdmin",
    "PageAdmin",
    "PlaceAdmin",
    "PlaceMentionAdmin",
    "PlaceNameAdmin",
    "PublicationAdmin",
    "RightsAdmin",
    "WebhookAdmin",
]
