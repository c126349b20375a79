"""The indexes by which the shortest names that begin so are found."""

import django.db.models.functions.text
import kb.models.base
from django.db import migrations, models

from kb import beginnings


def create(apps, schema_editor):
    """Makes the functions that use them on PostgreSQL."""
    beginnings.create(schema_editor.connection)


def drop(apps, schema_editor):
    """Takes the functions away."""
    beginnings.drop(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('kb', '0020_city_tallies'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='initiative',
            index=models.Index(django.db.models.functions.text.Length('name'), kb.models.base.InSignOrder('name'), name='kb_initiative_length'),
        ),
        migrations.AddIndex(
            model_name='initiativename',
            index=models.Index(django.db.models.functions.text.Length('name'), kb.models.base.InSignOrder('name'), name='kb_initiativename_length'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(django.db.models.functions.text.Length('name'), kb.models.base.InSignOrder('name'), name='kb_organisation_length'),
        ),
        migrations.AddIndex(
            model_name='organisationname',
            index=models.Index(django.db.models.functions.text.Length('name'), kb.models.base.InSignOrder('name'), name='kb_organisationname_length'),
        ),
        migrations.AddIndex(
            model_name='place',
            index=models.Index(django.db.models.functions.text.Length('name'), kb.models.base.InSignOrder('name'), name='kb_place_length'),
        ),
        migrations.AddIndex(
            model_name='placename',
            index=models.Index(django.db.models.functions.text.Length('name'), kb.models.base.InSignOrder('name'), name='kb_placename_length'),
        ),
        migrations.RunPython(create, drop),
    ]
