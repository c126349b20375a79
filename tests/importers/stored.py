"""What the tables hold."""

from django.db import connection

from kb import models


def everything():
    """Every row of every table, as it is stored."""
    tables = [
        m._meta.db_table
        for m in models.Article._meta.apps.get_app_config("kb").get_models()
        if m._meta.managed
    ]
    tables += [
        models.Initiative.places.through._meta.db_table,
        models.Initiative.organisers.through._meta.db_table,
    ]
    rows = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608
            rows[table] = cursor.fetchall()
    return rows
