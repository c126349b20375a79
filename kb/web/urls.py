"""Addresses of the pages."""

from django.urls import path

from kb.web.city import city_page
from kb.web.downloads import overview_csv, overview_svg
from kb.web.evidence import article_page
from kb.web.evidence_edit import decide, entities, record, undo
from kb.web.lists import list_page
from kb.web.overview import overview_page
from kb.web.search import search_page

app_name = "web"
urlpatterns = [
    path("", overview_page, name="overview"),
    path("overview/<slug:name>.csv", overview_csv, name="csv"),
    path("overview/<slug:name>.svg", overview_svg, name="svg"),
    path("cities/<str:code>/", city_page, name="city"),
    path("articles/<int:pk>/", article_page, name="article"),
    path("articles/<int:pk>/records/undo/", undo, name="undo"),
    path("articles/<int:pk>/records/<slug:kind>/new/", record, name="record_new"),
    path("articles/<int:pk>/records/<slug:kind>/<int:row>/", record, name="record"),
    path(
        "articles/<int:pk>/records/<slug:kind>/<int:row>/accept/", decide, {"action": "accept"}, name="accept"
    ),
    path(
        "articles/<int:pk>/records/<slug:kind>/<int:row>/reject/", decide, {"action": "reject"}, name="reject"
    ),
    path("entities/<slug:kind>/", entities, name="entities"),
    path("lists/<slug:collection>/", list_page, name="list"),
    path("search/", search_page, name="search"),
]
