"""The groups may see and decide divergences as their names say."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

RIGHTS = {"读者": ("view",), "编辑": ("view", "change"), "管理员": ("view", "change")}
"""By group; divergences come and go with readings, so nobody adds or removes them."""


def grant(apps, schema_editor):
    """Gives the groups that are there the rights that are missing to them."""
    using = schema_editor.connection.alias if schema_editor else "default"
    config = apps.get_app_config("kb")
    config.models_module = getattr(config, "models_module", True)  # a migration's apps have none
    create_permissions(config, verbosity=0, using=using, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=RIGHTS):
        names = [f"{action}_divergence" for action in RIGHTS[group.name]]
        group.permissions.add(*permissions.filter(content_type__app_label="kb", codename__in=names))


class Migration(migrations.Migration):
    dependencies = [("api", "0002_groups"), ("kb", "0010_divergences")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
