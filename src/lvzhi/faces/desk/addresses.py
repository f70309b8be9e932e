"""Addresses that keep what was asked for."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict


def with_query(request: HttpRequest, **changes: str) -> str:
    """This page's address with some of its query changed; an empty value takes a condition off."""
    query = QueryDict(mutable=True)
    for name in request.GET:
        query[name] = request.GET[name]
    for name, value in changes.items():
        if value:
            query[name] = value
        else:
            query.pop(name, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def pages(request: HttpRequest, after: str | None, *, name: str = "after") -> dict[str, str]:
    """The two addresses of a keyset pager: the first page again, and the next one."""
    first = with_query(request, **{name: ""}) if request.GET.get(name) else ""
    return {"newer": first, "older": with_query(request, **{name: after}) if after else ""}
