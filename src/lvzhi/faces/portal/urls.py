"""The public face; included at the root."""

from __future__ import annotations

from django.urls import include, path, re_path

from lvzhi.faces.portal.views import (
    board,
    clues,
    feeds,
    figures,
    files,
    follow,
    front,
    pages,
    receipt,
    revisits,
    submit,
    subscribe,
)

CLUE = r"^clues/(?P<slug>\d{4}-\d{4,7})$"
ROUND = r"^revisits/(?P<slug>\d{4}-\d{2,4})$"
ROUND_FILE = r"^revisits/(?P<slug>\d{4}-\d{2,4})\.json$"
STORY = r"^opinions/(?P<slug>\d{4}-\d{4,7})$"

urlpatterns = [
    path("", front.front, name="portal-front"),
    path("opinions/", board.board, name="portal-board"),
    path("opinions/feed.atom", feeds.atom, name="portal-feed"),
    path("opinions/feed.rss", feeds.rss, name="portal-rss"),
    path("opinions/new", submit.new, name="portal-new"),
    path("opinions/look", submit.look, name="portal-look"),
    path("opinions/receipt", receipt.receipt, name="portal-receipt"),
    path("opinions/follow", follow.ask, name="portal-follow"),
    path("opinions/rate", follow.rate, name="portal-rate"),
    path("opinions/mine/<uuid:key>", follow.mine, name="portal-mine"),
    path("opinions/mine/<uuid:key>/close", follow.close, name="portal-close"),
    path("opinions/mine/<uuid:key>/files/<uuid:file>", files.file, name="portal-file"),
    path("opinions/mine/<uuid:key>/<slug:action>", follow.act, name="portal-act"),
    re_path(STORY, board.story, name="portal-story"),
    path("subscribe", subscribe.ask, name="portal-subscribe"),
    path("subscribe/confirm/<str:token>", subscribe.confirm, name="portal-subscription"),
    path("subscribe/end/<str:token>", subscribe.end, name="portal-unsubscribe"),
    path("figures/", figures.figures, name="portal-figures"),
    path("figures/opinions.csv", figures.figures_csv, name="portal-figures-csv"),
    path("clues/", clues.clues, name="portal-clues"),
    re_path(CLUE, clues.one, name="portal-clue"),
    path("revisits/", revisits.rounds, name="portal-revisits"),
    path("revisits/check_draw.py", revisits.checker, name="portal-draw-checker"),
    re_path(ROUND, revisits.one, name="portal-revisit"),
    re_path(ROUND_FILE, revisits.file, name="portal-revisit-file"),
    path("opendata", pages.opendata, name="portal-opendata"),
    path("", include("lvzhi.faces.portal.stations.urls")),
    path("", include("lvzhi.faces.portal.law.urls")),
    path("about", pages.about, name="portal-about"),
    path("privacy", pages.privacy, name="portal-privacy"),
    path("accessibility", pages.accessibility, name="portal-accessibility"),
    path("robots.txt", pages.robots, name="portal-robots"),
    path("favicon.ico", pages.favicon, name="portal-favicon"),
]
