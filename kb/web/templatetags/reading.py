"""How templates write numbers, labels and the headings of articles."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from kb.models import Article, Metric
from kb.web import numbers

register = template.Library()


@register.filter
def number(value: Any) -> str:
    """A number with its thousands set apart."""
    return numbers.number(value)


@register.filter
def amount(metric: Metric) -> str:
    """A figure's value with its unit."""
    return numbers.amount(metric)


@register.filter
def translated(label: str) -> str:
    """A label of a closed list in the reader's language."""
    return _(label) if label else ""


@register.filter
def heading(article: Article) -> str:
    """The title of an article, or how its text begins where it was loaded, or that there is none."""
    if article.title:
        return article.title
    opening = getattr(article, "opening", "") or (
        "" if "body" in article.get_deferred_fields() else article.body[:24]
    )
    return f"{opening}…" if opening else _("（无题）")


@register.filter
def item(values: dict[str, Any], name: str) -> Any:
    """The value that a dictionary has by a name."""
    return values[name]
