"""Addresses of the stations' public pages; included at the root."""

from __future__ import annotations

from django.urls import path

from lvzhi.faces.portal.stations import booking, places

urlpatterns = [
    path("stations/", places.stations, name="portal-stations"),
    path("stations/calendar.ics", places.feed, name="portal-stations-calendar"),
    path("stations/booked", booking.booked, name="portal-booked"),
    path("stations/booking", booking.booking, name="portal-booking"),
    path("stations/<slug:slug>/", places.station, name="portal-station"),
    path("stations/<slug:slug>/calendar.ics", places.feed, name="portal-station-calendar"),
    path("stations/<slug:slug>/poster.pdf", places.poster, name="portal-poster"),
    path("stations/<slug:slug>/book/<uuid:key>", booking.book, name="portal-book"),
]
