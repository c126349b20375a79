"""The pages as a Django application, so that their templates, static files and words are found."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """No tables and no signals: pages only."""

    name = "kb.web"
    label = "web"
    verbose_name = "网页"
