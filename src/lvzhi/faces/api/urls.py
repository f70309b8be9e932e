"""The face for programs; included at /api/."""

from __future__ import annotations

from django.urls import path, re_path

from lvzhi.faces.api import description, reading, writing

_V2 = r"^open311/v2/"
_FORM = r"\.(?P<form>json|xml)$"

urlpatterns = [
    path("openapi.json", description.openapi, name="api-openapi"),
    re_path(_V2 + "discovery" + _FORM, reading.discovery, name="api-discovery"),
    re_path(_V2 + "services" + _FORM, reading.services, name="api-services"),
    re_path(_V2 + "requests" + _FORM, writing.requests, name="api-requests"),
    re_path(_V2 + r"requests/(?P<number>\d{4}-\d{4,7})" + _FORM, reading.one, name="api-request"),
]
