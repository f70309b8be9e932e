"""What every page says about the site it belongs to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lvzhi.faces.signin.acting import congress_of


def site(request: HttpRequest) -> dict[str, Any]:
    """The context variable `site` of the base templates; looked up only where a template asks."""

    def describe() -> dict[str, str]:
        congress = congress_of(request)
        said = {key: str(congress.settings.get(key, "")) for key in ("district", "body", "phone")}
        return {"name": congress.short, "short": congress.short, **said}

    return {"site": SimpleLazyObject(describe)}
