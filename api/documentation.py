"""The pages that show the API's description, without any script or style of their own."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response

from kb.security.headers import content_policy


class Documentation(SpectacularSwaggerSplitView):
    """Swagger UI from the installed files; its script comes from this same address, as a file."""

    template_name = "api/documentation.html"
    title: Any = _("党建知识库 REST API")

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The page, or its script; the icons of Swagger UI's style sheet are data: addresses."""
        response = super().get(request, *args, **kwargs)
        response["Content-Security-Policy"] = content_policy(img_src="data:")
        return response
