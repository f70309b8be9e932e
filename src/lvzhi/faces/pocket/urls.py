"""The deputies' face; included at /pocket/."""

from __future__ import annotations

from django.urls import path

from lvzhi.faces.pocket import opinions, views
from lvzhi.faces.pocket.receptions import views as receptions

urlpatterns = [
    path("", views.home, name="pocket-home"),
    path("mine", views.mine, name="pocket-mine"),
    path("opinions", opinions.recommended, name="pocket-opinions"),
    path("search", views.search, name="pocket-search"),
    path("new", views.new, name="pocket-new"),
    path("notices", views.notices, name="pocket-notices"),
    path("notices/read", views.notices_read, name="pocket-notices-read"),
    path("receptions", receptions.receptions, name="pocket-receptions"),
    path("receptions/stations", receptions.choose, name="pocket-stations"),
    path("receptions/<uuid:key>/come", receptions.come, name="pocket-come"),
    path("receptions/<uuid:key>/leave", receptions.leave, name="pocket-leave"),
    path("receive/<slug:slug>", receptions.receive, name="pocket-receive"),
    path("m/<uuid:key>", views.matter, name="pocket-matter"),
    path("m/<uuid:key>/<slug:action>", views.act, name="pocket-act"),
]
