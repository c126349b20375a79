"""The triggers that hold `body[start:end] == text` (see kb/triggers.py)."""

from django.db import migrations

from kb.triggers import create_in_migration


class Migration(migrations.Migration):
    dependencies = [("kb", "0001_tables")]
    operations = [migrations.RunPython(create_in_migration, migrations.RunPython.noop)]
