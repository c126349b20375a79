"""The knowledge base as a Django application."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class KnowledgeBaseConfig(AppConfig):
    """Ties the span triggers, the search index and the history to migrations and to saved rows."""

    name = "kb"
    verbose_name = _("党建知识库")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connects the signals; runs once, when the models are there."""
        from kb import search_index, triggers
        from kb.history import parts
        from kb.review import doubles, mirror
        from kb.security import checks  # noqa: F401 - registers what it checks

        search_index.connect()
        mirror.connect()
        doubles.connect()
        parts.connect()
        pre_migrate.connect(triggers.drop_before_migrate, sender=self)
        post_migrate.connect(triggers.create_after_migrate, sender=self)
