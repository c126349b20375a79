"""The importers as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportersConfig(AppConfig):
    """The queue of pages to import, and the pages of the admin that fill it."""

    name = "importers"
    verbose_name = _("导入")
