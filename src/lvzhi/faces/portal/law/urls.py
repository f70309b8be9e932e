"""Addresses of the law library; included at the root. A law's own pages stand last, for its name may be any word."""

from __future__ import annotations

from django.urls import path, re_path

from lvzhi.faces.portal.law.views import citing, comparing, library, reading, unit

SLUG = r"^law/(?P<slug>[^/]+)/"
DAY = r"@(?P<day>\d{4}-\d{2}-\d{2})/"
EID = r"(?P<eid>[a-z][a-z0-9_-]{0,79})$"
DAYS = r"(?P<old>\d{4}-\d{2}-\d{2})\.\.(?P<new>\d{4}-\d{2}-\d{2})$"

urlpatterns = [
    path("law/", library.library, name="portal-law-library"),
    path("law/suggest", library.suggest, name="portal-law-suggest"),
    re_path(SLUG + "$", reading.law, name="portal-law"),
    re_path(SLUG + "cited/$", citing.cited, name="portal-law-cited"),
    re_path(SLUG + "compare/$", comparing.choose, name="portal-law-choose"),
    re_path(SLUG + "compare/" + DAYS, comparing.compare, name="portal-law-compare"),
    re_path(SLUG + DAY + "$", reading.edition, name="portal-law-edition"),
    re_path(SLUG + DAY + "print$", reading.to_print, name="portal-law-print"),
    re_path(SLUG + DAY + EID, unit.unit, name="portal-law-edition-unit"),
    re_path(SLUG + EID, unit.unit, name="portal-law-unit"),
]
