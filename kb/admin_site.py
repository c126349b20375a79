"""The admin as a site, under the knowledge base's own name."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class KnowledgeBaseAdminSite(AdminSite):
    """The admin with its titles."""

    site_header = _("党建知识库")
    site_title = _("党建知识库")
    index_title = _("管理")
    empty_value_display = "—"
