"""What a browser is told before a view is asked, and where one answers with a bare number."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class WordsMiddleware:
    """Give a page to the refusal of a method (405), which is empty as the framework makes it.

    What says that it is written in anything but UTF-8 is refused (400): read as it is, its words would be stored
    as others, and the name of a codec that is no encoding of text would be an error of ours.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (request.encoding or "utf-8").casefold() not in ("utf-8", "utf8"):
            raise BadRequest("Pages and forms are in UTF-8.")
        response = self.get_response(request)
        if response.status_code == 405 and not response.content and request.method != "HEAD":
            told = render(request, "405.html", status=405)
            told.headers["Allow"] = response.headers["Allow"]
            return told
        return response
