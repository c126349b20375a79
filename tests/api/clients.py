"""Clients that ask in somebody's name."""

from typing import Any

from django.contrib.auth.models import User
from rest_framework.test import APIClient

from api.models import Token


def with_token(user: User, name: str, **scopes: Any) -> APIClient:
    """A client with a new token of a user, which may do what its scopes name: `can_write=True`."""
    _, key = Token.objects.make(name=name, user=user, **scopes)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    return client
