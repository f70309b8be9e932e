"""Addresses of the library for programs. Included at the root: files stand beside the pages they belong to."""

from __future__ import annotations

from django.urls import path, re_path

from lvzhi.faces.api.laws import comparing, files, reading

_SLUG = r"(?P<slug>[^/]+)"
_DAY = r"(?P<day>\d{4}-\d{2}-\d{2})"
_EID = r"(?P<eid>[a-z][a-z0-9_-]{0,79})"
_DAYS = r"(?P<old>\d{4}-\d{2}-\d{2})\.\.(?P<new>\d{4}-\d{2}-\d{2})"
_V1 = r"^api/v1/laws/"

urlpatterns = [
    path("api/v1/laws/", reading.laws, name="api-laws"),
    re_path(_V1 + _SLUG + "$", reading.law, name="api-law"),
    re_path(_V1 + _SLUG + "/editions$", reading.editions, name="api-law-editions"),
    re_path(_V1 + _SLUG + "/editions/" + _DAY + "$", files.edition, name="api-law-edition"),
    re_path(_V1 + _SLUG + "/units/" + _EID + "$", reading.unit, name="api-law-unit"),
    re_path(_V1 + _SLUG + "/compare$", comparing.compare, name="api-law-compare"),
    re_path(r"^law/" + _SLUG + "/@" + _DAY + r"\.(?P<form>akn|json|txt|md)$", files.as_file, name="law-file"),
    re_path(
        r"^law/" + _SLUG + "/compare/" + _DAYS + r"\.(?P<form>docx|xlsx)$",
        comparing.as_file,
        name="law-comparison-file",
    ),
]
