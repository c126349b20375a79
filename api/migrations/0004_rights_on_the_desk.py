"""The groups get what is missing to them: merges to read, and for administrators webhooks and what was sent."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

RIGHTS = {
    "读者": {"merge": ("view",), "distinct": ("view",)},
    "编辑": {"merge": ("view",), "distinct": ("view", "delete")},
    "管理员": {
        "merge": ("view",),
        "distinct": ("view", "delete"),
        "webhook": ("view", "add", "change", "delete"),
        "delivery": ("view", "change"),
    },
}
"""By group and table. Merging takes the right to change the records; the right to change a delivery is that
of sending it again. Who removes a pair from those that are not one lets it be suggested again.
"""


def grant(apps, schema_editor):
    """Gives the groups that are there the rights that are missing to them."""
    using = schema_editor.connection.alias if schema_editor else "default"
    config = apps.get_app_config("kb")
    config.models_module = getattr(config, "models_module", True)  # a migration's apps have none
    create_permissions(config, verbosity=0, using=using, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=RIGHTS):
        names = [f"{do}_{table}" for table, actions in RIGHTS[group.name].items() for do in actions]
        group.permissions.add(*permissions.filter(content_type__app_label="kb", codename__in=names))


class Migration(migrations.Migration):
    dependencies = [("api", "0003_divergence_rights"), ("kb", "0011_merges")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
