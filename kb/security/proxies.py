"""Whose request it is, where a proxy stands before the application."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The IP address that a request came from.

    Without a proxy of our own (`KB_PROXIES=0`) it is that of the connection, whatever the request says:
    anybody can write `X-Forwarded-For`. With n proxies it is the n-th from the right, which the outermost of
    them wrote; what stands left of it came from outside.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    given = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if not settings.KB_PROXIES or not given:
        return peer
    chain = given.split(",")
    named = chain[-min(settings.KB_PROXIES, len(chain))].strip()
    try:
        return str(ipaddress.ip_address(named))
    except ValueError:
        return peer
