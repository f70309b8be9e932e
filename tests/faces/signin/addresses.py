"""The addresses of signing in, beside three pages behind doors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from lvzhi.faces.signin.acting import actor_of, congress_of, role_required, signed_in_required, staff_required


def front(request: HttpRequest) -> HttpResponse:
    """Says who acts, and for which congress."""
    actor = actor_of(request)
    return HttpResponse(f"{actor.name or '-'} {','.join(sorted(actor.roles))} {congress_of(request).slug}")


urlpatterns = [
    path("", front),
    path("mine", signed_in_required(front)),
    path("office", staff_required(front)),
    path("answers", role_required("supervised_body")(front)),
    path("design/", include("lvzhi.faces.design.urls")),
    path("", include("lvzhi.faces.signin.urls")),
]
handler403 = "lvzhi.faces.design.views.permission_denied"
