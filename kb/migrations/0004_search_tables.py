"""The tables of the search index and the triggers that keep them clean (see kb/search_index.py)."""

from django.db import migrations

from kb import search_index, triggers


def create(apps, schema_editor):
    search_index.create_tables(schema_editor.connection)
    if schema_editor.connection.vendor == "postgresql":
        triggers.create_postgresql_search(schema_editor.connection)


def drop(apps, schema_editor):
    search_index.drop_tables(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("kb", "0003_search_models")]
    operations = [migrations.RunPython(create, drop)]
