"""The deputies' face; included at /pocket/."""

from __future__ import annotations

from django.urls import path

from lvzhi.faces.pocket import opinions, views

urlpatterns = [
    path("", views.home, name="pocket-home"),
    path("mine", views.mine, name="pocket-mine"),
    path("opinions", opinions.recommended, name="pocket-opinions"),
    path("search", views.search, name="pocket-search"),
    path("new", views.new, name="pocket-new"),
    path("notices", views.notices, name="pocket-notices"),
    path("notices/read", views.notices_read, name="pocket-notices-read"),
    path("m/<uuid:key>", views.matter, name="pocket-matter"),
    path("m/<uuid:key>/<slug:action>", views.act, name="pocket-act"),
]
