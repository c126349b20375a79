"""What can be asked for is found by an index."""

import pytest
from django.db import connection
from django.db.models import ForeignObjectRel

from api.urls import router
from api.viewsets.base import RecordViewSet

VIEWSETS = [
    view for _, view, _ in router.registry if issubclass(view, RecordViewSet) and view.lookup_field == "pk"
]
BY_FULL_TEXT = "search"


def columns(model, path):
    """Table and column of each step that a filter takes, the searched column last."""
    steps = []
    for name in path.split("__"):
        field = model._meta.get_field(name)
        if isinstance(field, ForeignObjectRel) or field.many_to_many:
            model = field.related_model
            steps.append((model._meta.db_table, model._meta.pk.column))
        else:
            steps.append((model._meta.db_table, field.column))
            model = field.related_model or model
    return steps


def filters():
    """Each documented filter with the column that it looks in."""
    for view in VIEWSETS:
        model = view.model
        for name, parameter in view.filterset_class.base_filters.items():
            path = parameter.field_name
            is_variant = name.endswith("!") or "__" in name
            if name != "q" and not is_variant and not path.startswith(BY_FULL_TEXT):
                yield pytest.param(*columns(model, path)[-1], id=f"{model.__name__}.{name}")


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "column"), list(filters()))
def test_every_documented_filter_has_an_index(table, column):
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
    leading = {each["columns"][0] for each in found.values() if each["columns"] and is_searched(each)}
    assert column in leading


def is_searched(constraint):
    """Whether a database looks rows up by it."""
    return constraint["index"] or constraint["unique"] or constraint["primary_key"]
