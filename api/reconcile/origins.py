"""Which web pages may ask the reconciliation services: OpenRefine is a page of the asking machine."""

import re
from typing import Any

from corsheaders.signals import check_request_enabled
from django.dispatch import receiver
from django.http import HttpRequest

SERVICES = "/api/v1/reconcile/"
OWN_MACHINE = re.compile(r"https?://(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?")
"""`http://127.0.0.1:3333`: no page of another machine has such an origin, whatever its address."""


@receiver(check_request_enabled)
def is_asked_by_openrefine(sender: Any, request: HttpRequest, **kwargs: Any) -> bool:
    """Whether a page served by the asking machine itself asks for a reconciliation service.

    The specification demands that browsers reach every address of a service from other pages. Without
    cookies: nothing is told that the same person could not read without a log-in.
    """
    origin = request.headers.get("Origin", "")
    return request.path.startswith(SERVICES) and OWN_MACHINE.fullmatch(origin) is not None
