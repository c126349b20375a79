"""The initiatives of each 盟市 in the order of their ids: a view of what is kept already, and an index.

On PostgreSQL the records of a 盟市 are told by a view that can be read in the order of the index below it.
"""

import django.db.models.deletion
from django.db import migrations, models

from kb.tallies import cities


def create(apps, schema_editor):
    """Makes views and index."""
    cities.create_initiatives(schema_editor.connection)


def drop(apps, schema_editor):
    """Takes away what is new."""
    cities.drop_initiatives(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [("kb", "0023_names_in_the_feed")]

    operations = [
        migrations.CreateModel(
            name="CityInitiative",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("city", models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="kb.place")),
                ("kind", models.CharField(max_length=30)),
            ],
            options={
                "verbose_name": "盟市的举措",
                "verbose_name_plural": "盟市的举措",
                "db_table": "kb_cityinitiative",
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.RunPython(create, drop),
    ]
