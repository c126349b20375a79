"""Addresses of the REST API."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import DefaultRouter

from api.documentation import Documentation
from api.reconcile.views import Preview, Properties, Reconcile, Suggest
from api.viewsets.changes import ChangeViewSet
from api.viewsets.cities import CityViewSet
from api.viewsets.problems import ProblemKinds, UnknownAddress
from api.viewsets.resources import (
    ArticleViewSet,
    InitiativeViewSet,
    MetricViewSet,
    OrganisationViewSet,
    PageViewSet,
    PlaceViewSet,
)
from api.viewsets.submit import ExtractViewSet, JobViewSet
from api.viewsets.suggest import SuggestViewSet

router = DefaultRouter()
router.register("pages", PageViewSet, basename="page")
router.register("articles", ArticleViewSet, basename="article")
router.register("places", PlaceViewSet, basename="place")
router.register("organisations", OrganisationViewSet, basename="organisation")
router.register("initiatives", InitiativeViewSet, basename="initiative")
router.register("metrics", MetricViewSet, basename="metric")
router.register("cities", CityViewSet, basename="city")
router.register("suggest", SuggestViewSet, basename="suggest")
router.register("extract", ExtractViewSet, basename="extract")
router.register("jobs", JobViewSet, basename="job")
router.register("changes", ChangeViewSet, basename="change")

RESOURCES = sorted(router.urls, key=lambda each: str(each.pattern).count("/") != 1)
"""The addresses of the resources, which Django tries one after another: lists first, `^metrics/$`."""

urlpatterns = [
    path("v1/", include(RESOURCES)),  # the most asked for comes first
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", Documentation.as_view(url_name="schema"), name="docs"),
    path("v1/problems/<slug:code>/", ProblemKinds.as_view(), name="problem"),
    path("v1/reconcile/<slug:resource>/", Reconcile.as_view(), name="reconcile"),
    path("v1/reconcile/<slug:resource>/properties/", Properties.as_view()),
    path("v1/reconcile/<slug:resource>/preview/", Preview.as_view()),
    re_path(r"^v1/reconcile/(?P<resource>\w+)/suggest/(?P<part>entity|type|property)/$", Suggest.as_view()),
    re_path(r"^[\s\S]*$", UnknownAddress.as_view()),
]
