"""What a search box offers is what ranking every name would give, however many begin so."""

import random

import pytest

from api.suggest import _rank, suggestions
from kb.models import Initiative, InitiativeName, Organisation, OrganisationName, Place, PlaceName
from tests.factories import InitiativeFactory, OrganisationFactory, PlaceFactory

pytestmark = pytest.mark.django_db

KINDS = {
    "place": (Place, PlaceName, "level"),
    "organisation": (Organisation, OrganisationName, "category"),
    "initiative": (Initiative, InitiativeName, "kind"),
}


def every_name():
    """Each name of each record that counts, its own among them, as a row of the search."""
    rows = set()
    for kind, (model, names, _) in KINDS.items():
        own = dict(model.objects.asserted().values_list("pk", "name"))
        rows |= {(kind, pk, name, "", None, name) for pk, name in own.items()}
        others = names.objects.values_list(f"{kind}_id", "name")
        rows |= {(kind, pk, own[pk], "", None, name) for pk, name in others if pk in own}
    return rows


def ranked(names, typed, kinds, most):
    """The ids that a reader of all names would choose, with the length of the name that matched."""
    rows = [row for row in names if row[0] in kinds and row[5].startswith(typed)]
    found = {}
    for row in sorted(rows, key=lambda row: _rank(row, typed)):
        found.setdefault(row[:2], len(row[5]))
    return [(kind, pk, length) for (kind, pk), length in found.items()][:most]


def offered(typed, kinds, most):
    return [
        (row["kind"], row["id"], len(row["matched"])) for row in suggestions(typed, kinds, "http://x/", most)
    ]


@pytest.mark.parametrize("seed", range(3))
def test_the_names_offered_are_the_best_of_all(seed):
    rng = random.Random(seed)

    def word():
        return "".join(rng.choices("青山云“%_", k=rng.randrange(1, 6)))

    for number in range(70):
        factory = rng.choice((PlaceFactory, OrganisationFactory, InitiativeFactory))
        state = rng.choice(("asserted", "asserted", "asserted", "rejected"))
        row = factory(name=word(), state=state)
        for alias in range(rng.randrange(4)):
            row.names.create(name=word(), key=f"{number}.{alias}")
    names = every_name()
    for typed in [word() for _ in range(10)] + ["青", "山", "“", "%", "_"]:
        for kinds in (list(KINDS), ["initiative", "place"], ["organisation"]):
            for most in (1, 3, 10):
                assert offered(typed, kinds, most) == ranked(names, typed, kinds, most), (typed, kinds, most)


def test_own_names_that_fill_an_answer_leave_only_the_exact_alias_before_them():
    for number in range(4):
        OrganisationFactory(name=f"青山{number}")
    exact = PlaceFactory(name="乙地")
    exact.names.create(name="青山", key="exact")
    longer = PlaceFactory(name="丙地")
    longer.names.create(name="青山下", key="longer")
    first, *others = suggestions("青山", list(KINDS), "http://x/", 3)
    assert (first["id"], first["matched"]) == (exact.pk, "青山")
    assert [row["kind"] for row in others] == ["organisation", "organisation"]
    assert longer.pk not in [row["id"] for row in others if row["kind"] == "place"]


def test_a_record_whose_name_another_one_holds_among_the_names_is_found_by_its_own():
    """Two bodies of one name and 盟市: the list of names knows only the first."""
    twins = [OrganisationFactory(name="青山学会").pk for _ in range(2)]
    assert OrganisationName.objects.filter(name="青山学会").count() == 1
    assert [row["id"] for row in suggestions("青山", ["organisation"], "http://x/", 10)] == twins
