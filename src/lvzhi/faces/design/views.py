"""The style page, the switch of how pages look, and the pages for what went wrong."""

from __future__ import annotations

import logging
import secrets

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from lvzhi.faces.design import sample
from lvzhi.faces.design.context import CHOICES

YEAR = 365 * 24 * 60 * 60
logger = logging.getLogger(__name__)


@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with invented data."""
    return render(request, "design/guide.html", sample.context())


@csrf_exempt
@require_POST
def choose_look(request: HttpRequest) -> HttpResponse:
    """Keep a choice of theme, contrast, elder, keys or language in a cookie and go back.

    The form carries no CSRF token, so that public pages set no cookie and stay cacheable; a request
    from another site is refused by its Origin instead, and all it could change is the look.
    """
    origin = request.headers.get("Origin", "")
    if origin and origin.partition("://")[2] != request.get_host():
        raise BadRequest("The look was chosen from another site.")
    response = HttpResponseRedirect(_back(request))
    for name, allowed in CHOICES.items():
        value = request.POST.get(name, "")
        if value in allowed:
            _keep(response, name, value, request)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language, request)
    return response


def _keep(response: HttpResponse, name: str, value: str, request: HttpRequest) -> None:
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)


def _back(request: HttpRequest) -> str:
    """Where the form said it was, when that is a page of this site; else the front page."""
    for place in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if place and url_has_allowed_host_and_scheme(
            place, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return place
    return "/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent cannot be read."""
    logger.info("bad request: %s", exception)
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The sentence given to PermissionDenied says why, and what to wait for."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page; says what to do instead."""
    logger.info("not found: %s", exception)
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form stood open too long, or cookies are refused: nothing was saved, the words are still there."""
    logger.warning("csrf: %s", reason)
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke: the number shown is the number in the log."""
    number = f"E-{secrets.token_hex(2).upper()}"
    logger.error("%s %s %s", number, request.method, request.path)
    return HttpResponse(render_to_string("500.html", {"number": number}), status=500)
