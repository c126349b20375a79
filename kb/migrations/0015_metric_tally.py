"""The tally of figures, made from those that are there, and on PostgreSQL its triggers.

SQLite's triggers are put on after every migration (kb/triggers.py).
"""

from django.db import migrations, models

from kb.tallies import figures


def create(apps, schema_editor):
    """Makes the table and counts."""
    figures.create(schema_editor.connection)


def drop(apps, schema_editor):
    """Takes the table away."""
    figures.drop(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [("kb", "0014_doubts_about_divergences")]

    operations = [
        migrations.CreateModel(
            name="MetricTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "数据计数",
                "verbose_name_plural": "数据计数",
                "db_table": "kb_metrictally",
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.RunPython(create, drop),
    ]
