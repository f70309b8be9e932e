"""Addresses of the managed texts; included under `desk/`."""

from __future__ import annotations

from django.urls import path

from lvzhi.faces.desk.statutes import editions, lists, originals, taking, works

urlpatterns = [
    path("laws/", lists.laws, name="desk-laws"),
    path("laws/new/", taking.new, name="desk-law-new"),
    path("laws/broken/", lists.broken, name="desk-laws-broken"),
    path("laws/changes/", lists.changes, name="desk-laws-changes"),
    path("laws/left-out/", lists.left_out, name="desk-laws-left-out"),
    path("laws/works/<uuid:key>/", works.work, name="desk-law"),
    path("laws/works/<uuid:key>/describe/", works.describe, name="desk-law-describe"),
    path("laws/works/<uuid:key>/repeal/", works.repeal, name="desk-law-repeal"),
    path("laws/originals/<uuid:key>/", originals.original, name="desk-law-original"),
    path("laws/editions/<uuid:key>/", editions.edition, name="desk-edition"),
    path("laws/editions/<uuid:key>/publish/", editions.publish, name="desk-edition-publish"),
    path("laws/editions/<uuid:key>/drop/", editions.drop, name="desk-edition-drop"),
    path("laws/editions/<uuid:key>/accept/", editions.accept, name="desk-edition-accept"),
    path("laws/editions/<uuid:key>/dismiss/", editions.dismiss, name="desk-edition-dismiss"),
    path("laws/editions/<uuid:key>/correct/", taking.correct, name="desk-edition-correct"),
]
