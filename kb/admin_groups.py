"""The admin's lists in the order of the work: what one edits daily first, the machinery last."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("文章与记录"), ("kb.article", "kb.metric", "kb.initiative", "kb.organisation", "kb.place")),
    (_("审核与合并"), ("kb.doubt", "kb.divergence", "kb.merge", "kb.decision", "kb.distinct")),
    (_("版面与导入"), ("kb.page", "importers.importjob", "kb.publication")),
    (
        _("出处、别称与署名"),
        (
            "kb.initiativemention", "kb.organisationmention", "kb.placemention",
            "kb.initiativename", "kb.organisationname", "kb.placename", "kb.credit", "kb.author",
        ),
    ),
    (_("系统"), ("kb.change", "kb.webhook", "kb.delivery", "api.token", "auth.user", "auth.group")),
)  # fmt: skip
"""Each group's name and its models, by label."""


def grouped(apps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The models of some applications, as Django lists them, in our groups; others come last."""
    models = {_label(app, model): (app, model) for app in apps for model in app["models"]}
    found = []
    for name, labels in GROUPS:
        members = [models.pop(label) for label in labels if label in models]
        if members:
            found.append(members[0][0] | {"name": name, "models": [model for _app, model in members]})
    for app in apps:
        rest = [model for model in app["models"] if _label(app, model) in models]
        if rest:
            found.append(app | {"models": rest})
    return found


def _label(app: dict[str, Any], model: dict[str, Any]) -> str:
    return f"{app['app_label']}.{model['object_name'].lower()}"
