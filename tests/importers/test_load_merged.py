"""An import after a merge finds the entity that is left."""

import pytest

from kb import models
from kb.changes import attributed
from kb.merging.merge import merge
from tests.factories import InitiativeFactory, OrganisationFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def join(gone, kept):
    with attributed("张三"):
        merge(gone, kept)


def test_an_organisation_an_initiative_and_a_village_stay_merged(load):
    load()
    village = PlaceFactory(name="柳叶新村", level="village")
    body = OrganisationFactory(name="白桦镇党委会", category="government", city=None)
    school = InitiativeFactory(name="小马灯夜校", kind="brand", city=None)
    join(models.Place.objects.get(name="柳叶村"), village)
    join(models.Organisation.objects.get(name="固阳县白桦镇党委"), body)
    join(models.Initiative.objects.get(name="“小马灯”夜校项目"), school)
    counts = [model.objects.count() for model in (models.Place, models.Organisation, models.Initiative)]
    load()
    load()
    assert counts == [
        model.objects.count() for model in (models.Place, models.Organisation, models.Initiative)
    ]
    for row in (village, body, school):
        row.refresh_from_db()
    assert (village.mentions.count(), body.mentions.count()) == (2, 2)
    assert school.mentions.exists()
    assert (body.category, school.kind) == ("government", "brand")
    assert [o.pk for o in school.organisers.all()] == [body.pk]
    assert [p.pk for p in school.places.all()] == [village.pk]
