"""The REST API as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """The tokens by which tools are let in."""

    name = "api"
    verbose_name = _("接口")

    def ready(self) -> None:
        """Lets OpenRefine in."""
        from api.reconcile import origins  # noqa: F401 - to be imported is all that it takes
