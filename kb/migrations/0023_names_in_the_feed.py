"""The change feed tells of records that show a newspaper's or an author's name, or a page's date."""

from django.db import migrations

from kb import change_triggers


def create(apps, schema_editor):
    """Creates the triggers on PostgreSQL; on SQLite every migration ends with creating all of them."""
    if schema_editor.connection.vendor == "postgresql":
        change_triggers.create_postgresql_shown(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [("kb", "0022_orders_of_lists")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
