"""The groups 读者, 编辑 and 管理员, with the rights that their names say.

What an administrator changes about them later stays: a migration runs once.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

RECORDS = (
    "publication", "page", "author", "article", "credit",
    "place", "placename", "placemention",
    "organisation", "organisationname", "organisationmention",
    "initiative", "initiativename", "initiativemention",
    "metric", "doubt",
)
OFFICE = {"auth": ("user", "group"), "api": ("token",)}
ALL = ("view", "add", "change", "delete")

GROUPS = {
    "读者": [("kb", ("view",), (*RECORDS, "change"))],
    "编辑": [("kb", ("view",), ("change",)), ("kb", ("view", "add", "change"), RECORDS)],
    "管理员": [
        ("kb", ("view",), ("change",)),
        ("kb", ALL, RECORDS),
        *((app, ALL, models) for app, models in OFFICE.items()),
    ],
}
"""By group: app, actions, models. Only administrators remove rows for good; editors reject them."""


def create(apps, schema_editor):
    """Makes the groups that are missing; those that are there get what is missing to them."""
    using = schema_editor.connection.alias if schema_editor else "default"
    for label in ("kb", *OFFICE):
        config = apps.get_app_config(label)
        config.models_module = getattr(config, "models_module", True)  # a migration's apps have none
        create_permissions(config, verbosity=0, using=using, apps=apps)
    groups = apps.get_model("auth", "Group").objects.using(using)
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    for name, rights in GROUPS.items():
        group, _made = groups.get_or_create(name=name)
        for app, actions, models in rights:
            codenames = [f"{action}_{model}" for action in actions for model in models]
            group.permissions.add(
                *permissions.filter(content_type__app_label=app, codename__in=codenames)
            )


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0001_tokens"),
        ("kb", "0007_filter_indexes"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
