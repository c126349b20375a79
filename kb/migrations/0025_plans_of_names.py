"""The functions that find names by their beginnings keep one plan for all lengths, on PostgreSQL."""

from django.db import migrations

from kb import beginnings


def create(apps, schema_editor):
    """Tells the functions so."""
    beginnings.keep_plans(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [("kb", "0024_initiatives_of_cities")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
