"""The groups may see what was decided in the review."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = ("读者", "编辑", "管理员")


def grant(apps, schema_editor):
    """Gives the groups that are there the right to see decisions; they are made by deciding doubts."""
    using = schema_editor.connection.alias if schema_editor else "default"
    config = apps.get_app_config("kb")
    config.models_module = getattr(config, "models_module", True)  # a migration's apps have none
    create_permissions(config, verbosity=0, using=using, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    see = permissions.filter(content_type__app_label="kb", codename="view_decision")
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=GROUPS):
        group.permissions.add(*see)


class Migration(migrations.Migration):
    dependencies = [("api", "0004_rights_on_the_desk"), ("kb", "0013_review_queue")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
