"""How many articles mention an organisation or an initiative, how many figures are about it, on SQLite

(kb/tallies/entities.py)."""

from django.db import migrations

from kb.tallies import entities


def create(apps, schema_editor):
    """Makes the table and fills it."""
    entities.create(schema_editor.connection)


def drop(apps, schema_editor):
    """Takes the table away."""
    entities.drop(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [("kb", "0025_plans_of_names")]

    operations = [migrations.RunPython(create, drop)]
