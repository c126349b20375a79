"""What each 盟市 has, made from the records that are there, and on PostgreSQL its triggers.

SQLite's triggers are put on after every migration (kb/triggers.py).
"""

import django.db.models.deletion
from django.db import migrations, models

from kb.tallies import cities


def create(apps, schema_editor):
    """Makes the tables and fills them."""
    cities.create(schema_editor.connection)


def drop(apps, schema_editor):
    """Takes the tables away."""
    cities.drop(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [("kb", "0019_desk_indexes")]

    operations = [
        migrations.CreateModel(
            name="CityTally",
            fields=[
                ("pk", models.CompositePrimaryKey("resource", "city", "sort", blank=True, editable=False, primary_key=True, serialize=False)),
                ("resource", models.CharField(max_length=20)),
                ("city", models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="kb.place")),
                ("sort", models.CharField(max_length=30)),
                ("number", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "盟市计数",
                "verbose_name_plural": "盟市计数",
                "db_table": "kb_citytally",
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.RunPython(create, drop),
    ]
