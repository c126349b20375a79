"""A person who may import, and uploads as a browser sends them."""

import io
import re
import zipfile

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from importers.web import batches

TEXT = "灯火夜校开班\n本报讯 云岭镇入冬以来开办夜校12期，听课群众360余人次。\n"


@pytest.fixture(autouse=True)
def read_at_once(monkeypatch):
    """A short upload is read in one request, on a slow machine too."""
    monkeypatch.setattr(batches, "SECONDS", float("inf"))


@pytest.fixture
def editor(client, db):
    """A client of somebody who may add pages."""
    person = User.objects.create_user("林溪", is_staff=True)
    person.user_permissions.add(*Permission.objects.filter(codename__in=["add_page", "view_article"]))
    client.force_login(person)
    return client


@pytest.fixture
def upload(editor):
    """`upload(("a.txt", b"…"), newspaper="…")`: what answers an upload, its redirect followed."""

    def sent(*files, follow=True, **facts):
        pages = [SimpleUploadedFile(name, data) for name, data in files]
        return editor.post(reverse("admin:importers_importjob_add"), {"pages": pages, **facts}, follow=follow)

    return sent


@pytest.fixture
def step(editor):
    """`step(preview, "store")`: presses a button of a batch's page, everything ticked as it is shown."""

    def pressed(shown, name, **data):
        batch = shown.context["batch"]
        ticked = re.findall(r'name="page" value="([^"]+)" checked', shown.content.decode())
        url = reverse("admin:importers_importjob_step", args=[batch, name])
        return editor.post(url, {"page": ticked} | data, follow=True)

    return pressed


def archive(method: int = zipfile.ZIP_DEFLATED, /, **members: bytes) -> bytes:
    """A .zip with those files, packed by that method."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return file.getvalue()
