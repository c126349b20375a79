"""Totals that are kept (kb/tallies/totals.py), and an index with the largest figure of a 盟市 in front.

Figures are no longer counted by year along an index, so that one goes.
"""

from django.db import migrations, models

from kb.tallies import totals


def create(apps, schema_editor):
    """Makes the table and fills it."""
    totals.create(schema_editor.connection)


def drop(apps, schema_editor):
    """Takes the table away."""
    totals.drop(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [("kb", "0026_entity_tallies")]

    operations = [
        migrations.AddIndex(
            model_name="metric",
            index=models.Index(
                fields=["city", "unit", "-value", "id"],
                condition=models.Q(("state", "asserted"), ("status", "reported")),
                name="kb_metric_largest",
            ),
        ),
        migrations.RunPython(create, drop),
        # Last, since nobody can read figures from here on to the end of the transaction.
        migrations.RemoveIndex(model_name="metric", name="kb_metric_city_largest"),
        migrations.RemoveIndex(model_name="metric", name="kb_metric_dated"),
    ]
