"""Where records can be looked at further: lists and the API for everybody, the admin for staff.

The API is named by its address alone, because kb imports nothing from it.
"""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

API = "/api/v1/"

_NAMED = ("place", "organisation", "initiative")
"""What articles name; the list of articles can be narrowed by it."""


def api_list(collection: str, **filters: object) -> str:
    """The address of a filtered list: `/api/v1/initiatives/?city=150100&kind=brand`."""
    given = {name: value for name, value in filters.items() if value not in ("", None)}
    return f"{API}{collection}/" + (f"?{urlencode(given)}" if given else "")


def web_list(collection: str, **filters: object) -> str:
    """The address of a filtered list that people read: `/lists/initiatives/?city=150100&kind=brand`."""
    given = {name: value for name, value in filters.items() if value not in ("", None)}
    return reverse("web:list", args=[collection]) + (f"?{urlencode(given)}" if given else "")


def api_record(collection: str, pk: int) -> str:
    """The address of one record in the API: `/api/v1/articles/12/`."""
    return f"{API}{collection}/{pk}/"


def admin_record(model: str, pk: int) -> str:
    """The address of one record's form in the admin; empty where the admin has none."""
    try:
        return reverse(f"admin:kb_{model}_change", args=[pk])
    except NoReverseMatch:
        return ""


def record(model: str, pk: int, *, is_staff: bool) -> str:
    """Where a click on a record leads: to its form, or for readers to the articles that name it.

    Empty where there is no such page: a figure is read nowhere but at its words.
    """
    if is_staff and (form := admin_record(model, pk)):
        return form
    return web_list("articles", **{model: pk}) if model in _NAMED else ""
