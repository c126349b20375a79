"""What the type of a problem document leads to, and the answer at addresses that do not exist."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.problems import PROBLEMS


class ProblemKinds(APIView):
    """What an error code means."""

    authentication_classes = ()
    permission_classes = ()

    @extend_schema(exclude=True)
    def get(self, request: Request, code: str) -> Response:
        """The status and the names of one code."""
        kind = PROBLEMS.get(code)
        if kind is None:
            raise NotFound
        titles = {"title": kind.title_zh, "title_en": kind.title_en}
        return Response({"code": code, "status": kind.status, **titles, "detail_en": kind.detail_en})


class UnknownAddress(APIView):
    """Every address under /api/ that leads nowhere."""

    authentication_classes = ()
    permission_classes = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Says so for every method."""
        raise NotFound
