"""The admin as a Django application."""

from django.contrib.admin.apps import AdminConfig


class KnowledgeBaseAdminConfig(AdminConfig):
    """Django's admin with the site of kb/admin_site.py."""

    default_site = "kb.admin_site.KnowledgeBaseAdminSite"
