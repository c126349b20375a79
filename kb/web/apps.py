"""The pages as a Django application, so that their templates, static files and words are found."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """No tables and no signals: pages only."""

    name = "kb.web"
    label = "web"
    verbose_name = _("网页")
