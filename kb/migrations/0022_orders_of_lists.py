"""Indexes for the orders of lists, and for a unit alone.

PostgreSQL keeps records without a date first where it walks an index downwards; the lists tell them last.
So the newest dates have indexes of their own there, in the order of the lists. SQLite has NULLs at the other end.
"""

from django.db import migrations, models

NEWEST_FIRST = {
    "kb_page_newest": ("kb_page", "issue_date"),
    "kb_initiative_newest": ("kb_initiative", "started_on"),
    "kb_metric_newest": ("kb_metric", "as_of_on"),
}


def create(apps, schema_editor):
    """Makes the indexes of PostgreSQL."""
    if schema_editor.connection.vendor == "postgresql":
        for name, (table, column) in NEWEST_FIRST.items():
            schema_editor.execute(f"CREATE INDEX {name} ON {table} ({column} DESC NULLS LAST, id DESC)")


def drop(apps, schema_editor):
    """Takes them away."""
    if schema_editor.connection.vendor == "postgresql":
        for name in NEWEST_FIRST:
            schema_editor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):

    dependencies = [("kb", "0021_shortest_names")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["updated_at", "id"], name="kb_article_updated"),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(fields=["updated_at", "id"], name="kb_initiative_updated"),
        ),
        migrations.AddIndex(
            model_name="metric",
            index=models.Index(fields=["unit", "id"], name="kb_metric_unit"),
        ),
        migrations.AddIndex(
            model_name="metric",
            index=models.Index(fields=["updated_at", "id"], name="kb_metric_updated"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["updated_at", "id"], name="kb_organisation_updated"),
        ),
        migrations.AddIndex(
            model_name="page",
            index=models.Index(fields=["updated_at", "id"], name="kb_page_updated"),
        ),
        migrations.RunPython(create, drop),
    ]
