"""The list that all admin pages of the knowledge base share."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from kb.admin.desk.actions import export_csv, export_xlsx
from kb.admin.desk.counting import MOST, BoundedPaginator
from kb.admin.desk.doubted import IN_DOUBT, PARAMETER, along_doubts
from kb.admin.desk.files import FORMS, list_file
from kb.admin.desk.forms import ListForm
from kb.admin.desk.totals import totals


class DeskChangeList(ChangeList):
    """A list whose rows come without the long columns that it does not show."""

    def apply_select_related(self, qs: QuerySet) -> QuerySet:
        """The rows with what they are linked to."""
        heavy = getattr(self.model_admin, "list_deferred", ())
        return super().apply_select_related(qs).defer(*heavy) if heavy else super().apply_select_related(qs)

    def get_ordering(self, request: HttpRequest, queryset: QuerySet) -> list[Any]:
        """The order of the rows, along their doubts where they were found by these."""
        ordering = list(super().get_ordering(request, queryset))
        return along_doubts(queryset, ordering) if self.params.get(PARAMETER) == IN_DOUBT else ordering


class DeskAdmin(admin.ModelAdmin):
    """A list that counts no further than anybody leafs, is edited in place, and is taken away as a file."""

    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = BoundedPaginator
    change_list_template = "admin/desk/change_list.html"
    actions: Any = (export_xlsx, export_csv)
    list_deferred: tuple[str, ...] = ()
    """Long columns, also of joined tables, that a list does without."""
    summed_by: str | None = None
    """The parameter that makes the rows of a list add up, if they ever do: figures of one unit."""

    def get_urls(self) -> list[URLPattern]:
        """The files of the list beside the usual pages."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_file"
        view = self.admin_site.admin_view(self.file_view)
        return [path("file.<slug:form>", view, name=name), *super().get_urls()]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list's class."""
        return DeskChangeList

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[ModelForm]:
        """The form of a row: it writes only what the person changed."""
        return super().get_changelist_form(request, form=ListForm, **kwargs)

    def file_view(self, request: HttpRequest, form: str) -> HttpResponseBase:
        """All rows of the list as it is filtered and sorted, in the columns that it shows."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if form not in FORMS:
            raise Http404
        shown = self.get_changelist_instance(request)
        return list_file(self, shown.queryset, self.get_list_display(request), form)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, with the ways to its files, and its sums where the rows add up."""
        more: dict[str, Any] = {"most": MOST, "summed_by": self.summed_by, "files": list(FORMS)}
        response = super().changelist_view(request, more | (extra_context or {}))
        shown = getattr(response, "context_data", {}).get("cl")
        if shown and self.summed_by and shown.params.get(self.summed_by):
            response.context_data["totals"] = totals(shown.queryset)  # type: ignore[attr-defined]
        return response
