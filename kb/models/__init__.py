"""The tables of the knowledge base."""

from kb.models.changes import Change, ChangeContext
from kb.models.divergences import Divergence
from kb.models.initiatives import Initiative, InitiativeMention, InitiativeName
from kb.models.merges import Distinct, Merge
from kb.models.metrics import Metric
from kb.models.organisations import Organisation, OrganisationMention, OrganisationName
from kb.models.pages import Article, Author, Credit, Page, Publication
from kb.models.places import Place, PlaceMention, PlaceName
from kb.models.review import Decision, Doubt
from kb.models.search import ArticleSearch, InitiativeSearch, MetricSearch, OrganisationSearch, PlaceSearch
from kb.models.tallies import CityInitiative, CityTally, MetricTally
from kb.models.webhooks import Delivery, Webhook

__all__ = [
    "Article",
    "ArticleSearch",
    "Author",
    "Change",
    "ChangeContext",
    "CityInitiative",
    "CityTally",
    "Credit",
    "Decision",
    "Delivery",
    "Distinct",
    "Divergence",
    "Doubt",
    "Initiative",
    "InitiativeMention",
    "InitiativeName",
    "InitiativeSearch",
    "Merge",
    "Metric",
    "MetricSearch",
    "MetricTally",
    "Organisation",
    "OrganisationMention",
    "OrganisationName",
    "OrganisationSearch",
    "Page",
    "Place",
    "PlaceMention",
    "PlaceName",
    "PlaceSearch",
    "Publication",
    "Webhook",
]
