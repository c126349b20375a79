"""Letting in by token: `Authorization: Bearer kb_…`."""

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from api.models import Token

SCHEME = "Bearer"


class TokenAuthentication(BaseAuthentication):
    """Acts for the person of a token, within the token's scopes; one query."""

    def authenticate(self, request: Request) -> tuple[object, Token] | None:
        """The person and the token; None where the request carries none, an error where it is not valid."""
        scheme, _, key = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        now = timezone.now()
        token = Token.objects.valid(key.strip(), now)
        if token is None or not token.user.is_active:
            raise AuthenticationFailed
        token.touch(now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return f'{SCHEME} realm="kb"'
