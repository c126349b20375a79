"""Addresses: the admin, and the REST API, which is named by string so that kb imports nothing from it."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from kb.health import live, ready
from kb.metrics import metrics

urlpatterns = [
    path("api/", include("api.urls")),  # the most asked for comes first
    path("health/live", live),
    path("health/ready", ready),
    path("metrics", metrics),
    path("", include("kb.web.urls")),
    path("admin/import/", RedirectView.as_view(pattern_name="admin:importers_importjob_add")),
    path("admin/", admin.site.urls),
    path("review/", include("kb.admin.review.urls")),
]

handler500 = "api.failures.failed"
