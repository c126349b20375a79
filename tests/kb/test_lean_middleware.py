"""The lean middleware answers as Django's own does, and does less for it."""

import pytest
from django.conf import settings
from django.conf.urls.i18n import is_language_prefix_patterns_used
from django.contrib import messages
from django.contrib.messages.middleware import MessageMiddleware as DjangosMessages
from django.http import HttpResponse
from django.middleware.locale import LocaleMiddleware as DjangosLocale
from django.utils import translation
from django.utils.functional import empty

from kb.lean_middleware import LocaleMiddleware, MessageMiddleware


def test_no_address_names_a_language():
    assert is_language_prefix_patterns_used(settings.ROOT_URLCONF) == (False, False)


@pytest.mark.parametrize("accepted", ["", "en", "zh-CN,zh;q=0.9", "en-GB,zh;q=0.5", "fr", "*", ";;q=x"])
@pytest.mark.parametrize("cookie", ["", "en", "xx"])
@pytest.mark.parametrize("path", ["/", "/en/", "/api/v1/metrics/"])
def test_the_language_is_what_django_finds(rf, accepted, cookie, path):
    def answered(middleware):
        request = rf.get(path, headers={"Accept-Language": accepted})
        request.COOKIES = {settings.LANGUAGE_COOKIE_NAME: cookie} if cookie else {}
        with translation.override(None):
            response = middleware(lambda asked: HttpResponse(asked.LANGUAGE_CODE))(request)
        return response.content, dict(response.items())

    assert answered(LocaleMiddleware) == answered(DjangosLocale)


def passed(rf, middleware, view, cookies=None):
    """The request and the answer of a view behind the middleware."""
    request = rf.get("/")
    request.COOKIES = cookies or {}
    return request, middleware(view)(request)


@pytest.mark.parametrize("middleware", [MessageMiddleware, DjangosMessages])
def test_a_message_waits_for_the_page_that_shows_it(rf, settings, middleware):
    settings.MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

    def adds(request):
        messages.success(request, "已保存。")
        return HttpResponse()

    def shows(request):
        return HttpResponse(" ".join(map(str, messages.get_messages(request))))

    _, answer = passed(rf, middleware, adds)
    kept = {"messages": answer.cookies["messages"].value}
    _, unread = passed(rf, middleware, lambda request: HttpResponse(), kept)
    assert "messages" not in unread.cookies
    _, shown = passed(rf, middleware, shows, kept)
    assert shown.content.decode() == "已保存。"
    assert shown.cookies["messages"].value == ""


def test_who_has_no_message_costs_nothing(rf):
    request, _ = passed(rf, MessageMiddleware, lambda request: HttpResponse())
    assert request._messages._wrapped is empty
