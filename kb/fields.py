"""What a reading fills in of each record, and which fields only make sense together. No Django here."""

TOGETHER = (
    ("started_on", "started_precision", "started_text"),
    ("period_from_on", "period_from_precision", "period_from_text"),
    ("as_of_on", "as_of_precision", "as_of_text"),
    ("value", "upper", "qualifier"),
)
"""Fields that are written together; the first says whether anything was read."""

READ = {
    "page": ("publication", "issue_date", "page_name", "home_city"),
    "article": ("title", "kicker", "column", "kind", "dateline", "reprinted_from", "city"),
    "place": ("parent", "city"),
    "organisation": ("category", "place", "city"),
    "initiative": ("kind", *TOGETHER[0], "city", "places", "organisers"),
    "placemention": ("place", "official"),
    "organisationmention": ("organisation", "name"),
    "initiativemention": ("initiative", "name"),
    "metric": (
        *TOGETHER[3], "unit", "subject", "status", *TOGETHER[1], *TOGETHER[2],
        "initiative", "organisation", "place", "city",
    ),
}  # fmt: skip
"""By model, the fields that a reading fills and a person may correct, not those that say where it stands."""


def group(field: str) -> tuple[str, ...]:
    """The fields that a field is written with, itself among them, the leading one first."""
    return next((fields for fields in TOGETHER if field in fields), (field,))
