"""The indexes on names also find what begins so, whatever the language of a PostgreSQL database."""

from django.db import migrations, models

TABLES = ("initiativename", "organisationname", "placename")


class Migration(migrations.Migration):

    dependencies = [
        ("kb", "0015_metric_tally"),
    ]

    operations = [
        operation
        for table in TABLES
        for operation in (
            migrations.RemoveIndex(model_name=table, name=f"kb_{table}_name"),
            migrations.AddIndex(
                model_name=table,
                index=models.Index(
                    fields=["name"], name=f"kb_{table}_name", opclasses=("varchar_pattern_ops",)
                ),
            ),
        )
    ]
