"""The page that is shown where a request failed; made without the database."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from kb.outages import RETRY_AFTER


def failure_page(request: HttpRequest, *, outage: bool) -> HttpResponse:
    """A 503 for a database that cannot be used at the moment, a 500 with the request's number for a fault."""
    number = request.META.get("kb.request_id", "")
    text = render_to_string("web/failed.html", {"outage": outage, "number": number})
    answer = HttpResponse(text, status=503 if outage else 500)
    if outage:
        answer["Retry-After"] = str(RETRY_AFTER)
    return answer
