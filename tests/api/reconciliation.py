"""What the reconciliation specification 0.2 demands of each answer, as checks that name what is wrong.

Written after the JSON schemas that the specification's annex describes
(https://reconciliation-api.github.io/specs/0.2/).
"""

import re

MOMENT = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
CELLS = {"str": str, "float": (int, float), "int": int, "date": str}


def is_manifest(found):
    """Checks a service manifest."""
    assert "0.2" in found["versions"]
    assert all(isinstance(found[name], str) for name in ("name", "identifierSpace", "schemaSpace"))
    for part in ("view", "preview"):
        assert "{{id}}" in found[part]["url"]
    assert all(isinstance(found["preview"][side], int) for side in ("width", "height"))
    for each in found["defaultTypes"]:
        is_type(each)
    for each in (*found["suggest"].values(), found["extend"]["propose_properties"]):
        assert isinstance(each["service_url"], str)
        assert each["service_path"].startswith("/")


def is_type(found):
    """Checks a type."""
    assert isinstance(found["id"], str)
    assert isinstance(found["name"], str)


def is_result_batch(found, keys):
    """Checks the answer to a batch of queries."""
    assert set(found) == set(keys)
    for answer in found.values():
        for candidate in answer["result"]:
            assert all(isinstance(candidate[name], str) for name in ("id", "name", "description"))
            assert is_number(candidate["score"])
            assert isinstance(candidate["match"], bool)
            for each in candidate["type"]:
                is_type(each)
            for feature in candidate["features"]:
                assert isinstance(feature["id"], str)
                assert isinstance(feature["value"], bool) or is_number(feature["value"])


def is_extension(found, ids, properties):
    """Checks the answer to a data extension query."""
    assert [each["id"] for each in found["meta"]] == properties
    assert all(isinstance(each["name"], str) for each in found["meta"])
    assert set(found["rows"]) == set(ids)
    for row in found["rows"].values():
        assert set(row) == set(properties)
        for cell in (cell for cells in row.values() for cell in cells):
            is_cell(cell)


def is_cell(cell):
    """Checks one value of a data extension: an entity, or one value of one sort."""
    if "id" in cell:
        assert set(cell) <= {"id", "name", "description"}
        assert isinstance(cell["id"], str)
        assert isinstance(cell["name"], str)
        return
    [(sort, value)] = cell.items()
    assert isinstance(value, CELLS[sort])
    assert sort != "date" or MOMENT.fullmatch(value)


def is_suggestions(found):
    """Checks what a suggest service answers."""
    for each in found["result"]:
        assert isinstance(each["id"], str)
        assert isinstance(each["name"], str)
        assert isinstance(each.get("description", ""), str)


def is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)
