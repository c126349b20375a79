"""The gazetteer's codes and names against the tables of two other packages, read where they are installed."""

import csv
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from importers.data.tables import rows
from importers.extract.gazetteer.lookup import load_gazetteer
from kb.vocabulary import PlaceLevel

# What the other tables, whose vintages are 2017 to 2019, do not have yet, and why ours differ.
NEWER = {
    "540600": "那曲 became a prefecture-level city in 2017, with a new code",
    "341822": "广德 became a city in 2019 and kept its code in that table; ours is the city's name",
    "533421": "香格里拉 became a city in 2014, the table has its former code",
    "610821": "神木 became a city in 2017 and kept its code in that table; ours is the city's name",
}


def package_folder(name):
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        pytest.skip(f"{name} is not installed: pip install -r requirements-dev.txt")
    return Path(spec.origin).parent


@pytest.fixture(scope="module")
def cpca_names():
    path = package_folder("cpca") / "resources" / "adcodes.csv"
    with path.open(encoding="utf-8") as lines:
        return {row["adcode"][:6]: row for row in csv.DictReader(lines)}


@pytest.fixture(scope="module")
def jionlp_names():
    path = package_folder("jionlp") / "dictionary" / "china_location.txt"
    if not path.exists():
        # It unpacks its tables when it is imported for the first time.
        subprocess.run([sys.executable, "-c", "import jionlp"], check=True, capture_output=True)
    names = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            code = next((f for f in fields if f.isdigit() and len(f) == 6), None)
            if code:
                names.setdefault(code, fields[fields.index(code) - 1])
    return names


@pytest.fixture(scope="module")
def coded():
    return [entry for entry in load_gazetteer().entries if entry.code]


def test_every_code_bears_the_name_that_the_independent_table_gives_it(coded, cpca_names):
    differing = {
        entry.code: (entry.official, cpca_names.get(entry.code, {}).get("name"))
        for entry in coded
        if cpca_names.get(entry.code, {}).get("name") != entry.official
    }
    assert set(differing) == set(NEWER), differing


def test_inner_mongolia_agrees_with_a_second_table(coded, jionlp_names):
    ours = {entry.code: entry.official for entry in coded if entry.at_home}
    assert {code: jionlp_names.get(code) for code in ours} == ours


def test_no_banner_county_or_prefecture_is_missing(coded, cpca_names):
    ours = {entry.code for entry in coded}
    theirs = {
        code
        for code, row in cpca_names.items()
        if row["name"] != "市辖区" and (code[:2] == "15" or code.endswith("00"))
    }
    heading = {
        code for code in theirs if "直辖县级" in cpca_names[code]["name"] or cpca_names[code]["name"] == "县"
    }
    # 莱芜 joined 济南 in 2019; 那曲 has a new code since 2017.
    assert theirs - ours - heading == {"371200", "542400"}


def test_the_region_has_twelve_cities_and_a_hundred_and_three_counties(coded):
    home = [entry for entry in coded if entry.at_home]
    assert sum(entry.level == PlaceLevel.CITY for entry in home) == 12
    assert sum(entry.level == PlaceLevel.COUNTY for entry in home) == 103


def test_centres_lie_within_thirty_kilometres_of_the_independent_ones(coded, cpca_names):
    for entry in coded:
        if entry.at_home and entry.level != PlaceLevel.REGION:
            row = cpca_names[entry.code]
            assert entry.longitude == pytest.approx(float(row["longitude"]), abs=0.3), entry.official
            assert entry.latitude == pytest.approx(float(row["latitude"]), abs=0.3), entry.official


@pytest.mark.parametrize("table", ["zones", "seats", "sites"])
def test_every_uncoded_place_lies_in_a_coded_one(table):
    gazetteer = load_gazetteer()
    for name, code, _ in rows(table, 3):
        assert gazetteer.coded(code), f"{table}: {name}"


def test_a_row_with_too_many_fields_is_named(tmp_path, monkeypatch):
    (tmp_path / "zones.tsv").write_text("# note\n某开发区\t150100\t甲\t乙\n", encoding="utf-8")
    monkeypatch.setattr("importers.data.tables._FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"zones\.tsv:2: 4 fields, expected at most 3"):
        list(rows("zones", 3))


def test_every_township_stands_once_under_a_county_of_inner_mongolia(coded):
    counties = {entry.code for entry in coded if entry.at_home and entry.level is PlaceLevel.COUNTY}
    townships = {code: names.split() for code, names in rows("townships", 2)}
    assert set(townships) == counties
    assert all(len(names) == len(set(names)) for names in townships.values())
    assert sum(map(len, townships.values())) > 1000
    odd = [n for names in townships.values() for n in names if not n.endswith(("镇", "乡", "苏木", "街道"))]
    assert odd == []
