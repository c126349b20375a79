"""Django's middleware for languages and messages, without the part that no address here needs.

Every request passes it, and to most of them it has nothing to say.
"""

from django.contrib.messages import middleware as messages
from django.contrib.messages.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware import locale
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject, empty


class LocaleMiddleware(locale.LocaleMiddleware):
    """Answers in the language that the request asks for; no address names one (`i18n_patterns`)."""

    def process_request(self, request: HttpRequest) -> None:
        """Takes the language from the cookie or from Accept-Language."""
        translation.activate(translation.get_language_from_request(request))
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Says in the answer which language it was."""
        patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class MessageMiddleware(messages.MessageMiddleware):
    """Keeps messages for people from one page to the next; set up where a page has one or asks for them."""

    def process_request(self, request: HttpRequest) -> None:
        """Prepares them to be set up."""
        request._messages = SimpleLazyObject(lambda: default_storage(request))  # type: ignore[attr-defined]

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Stores those that were added, where anybody touched them."""
        kept = getattr(request, "_messages", None)
        if isinstance(kept, SimpleLazyObject) and kept._wrapped is empty:
            return response
        return super().process_response(request, response)
