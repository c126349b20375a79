"""The last resort: what is answered to a request that ended in an exception, under /api/ and elsewhere."""

import logging
import sys

from django.http import HttpRequest, HttpResponse

from api.errors import PROBLEM_TYPE, Problem
from api.renderers import to_json
from kb.outages import RETRY_AFTER, is_outage
from kb.web.failures import failure_page

logger = logging.getLogger(__name__)


def failed(request: HttpRequest) -> HttpResponse:
    """A 503 where the database cannot be used at the moment, else a 500; never anything of the error itself.

    Django calls this while it handles the exception, wherever that came from: a view, or the middleware
    that looks up the session.
    """
    outage = is_outage(sys.exc_info()[1])
    if not request.path.startswith("/api/"):
        return failure_page(request, outage=outage)
    problem = Problem("database_unavailable", wait=RETRY_AFTER) if outage else Problem("server_error")
    answer = HttpResponse(to_json(problem.body()), status=problem.status_code, content_type=PROBLEM_TYPE)
    if outage:
        answer["Retry-After"] = str(RETRY_AFTER)
    return answer
