"""The headers that every answer bears, whoever made it: pages, admin, API, documentation, errors."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers


def content_policy(**more: str) -> str:
    """A policy that allows an answer its own files and nothing else; `img_src="data:"` adds to a part."""
    parts = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self' blob:",  # a picture that is being made into a PNG is a blob of this page
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    for name, source in more.items():
        parts[name.replace("_", "-")] += f" {source}"
    return "; ".join(f"{name} {sources}" for name, sources in parts.items())


CONTENT_POLICY = content_policy()

UNUSED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip
"""What a browser could do for a page, and no page here asks for."""

HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    # Another site's page cannot draw an answer into itself, so it cannot guess what is in it. The API's
    # CORS setting, by which a registered site asks openly, is not touched by this.
    "Cross-Origin-Resource-Policy": "same-origin",
}

PERSONAL = "private, no-cache"
"""For answers to somebody: kept by nobody between, and by the browser only to be asked for again."""

CHECKED = "no-cache"
"""For answers with a version: kept, but asked for again before they are used."""

Answer = Callable[[HttpRequest], HttpResponseBase]


class SecurityHeadersMiddleware:
    """Puts the headers on every answer that does not bear its own."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with its headers; one that depends on who asks is not kept for others."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        depends = "Cache-Control" not in response or "private" in response["Cache-Control"]
        if is_somebody(request):
            response.setdefault("Cache-Control", PERSONAL)
        elif "ETag" in response:
            response.setdefault("Cache-Control", CHECKED)
        if depends:
            patch_vary_headers(response, ("Authorization", "Cookie"))
        return response


def is_somebody(request: HttpRequest) -> bool:
    """Whether a request says who asks: by a token, a password, or a session."""
    return "Authorization" in request.headers or settings.SESSION_COOKIE_NAME in request.COOKIES
