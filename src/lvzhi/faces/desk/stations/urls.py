"""Addresses of stations, the rota and the month; included under `desk/`."""

from __future__ import annotations

from django.urls import path

from lvzhi.faces.desk.stations import month, places, rota, slots

urlpatterns = [
    path("stations/", places.stations, name="desk-stations"),
    path("stations/new/", places.new, name="desk-station-new"),
    path("stations/calls/", rota.calls, name="desk-calls"),
    path("stations/calls/<uuid:key>/", rota.told, name="desk-call"),
    path("stations/at/<slug:slug>/", places.station, name="desk-station"),
    path("stations/at/<slug:slug>/edit/", places.edit, name="desk-station-edit"),
    path("stations/at/<slug:slug>/deputies/", places.deputies, name="desk-station-deputies"),
    path("stations/at/<slug:slug>/close/", places.close, name="desk-station-close"),
    path("stations/at/<slug:slug>/close/<uuid:key>/", places.reopen, name="desk-station-reopen"),
    path("stations/at/<slug:slug>/slots/", rota.new, name="desk-slots-new"),
    path("rota/", rota.rota, name="desk-rota"),
    path("rota/<uuid:key>/", slots.slot, name="desk-slot"),
    path("rota/<uuid:key>/edit/", slots.edit, name="desk-slot-edit"),
    path("rota/<uuid:key>/move/", slots.move, name="desk-slot-move"),
    path("rota/<uuid:key>/cancel/", slots.cancel, name="desk-slot-cancel"),
    path("rota/<uuid:key>/attendance/", slots.attendance, name="desk-slot-attendance"),
    path("bookings/<uuid:key>/arrival/", slots.arrival, name="desk-booking-arrival"),
    path("bookings/<uuid:key>/visitor/", slots.visitor, name="desk-booking-visitor"),
    path("months/", month.months, name="desk-months"),
    path("months/new/", month.new, name="desk-month-new"),
    path("months/<uuid:key>/", month.month, name="desk-month"),
    path("months/<uuid:key>/stations/", month.parts, name="desk-month-stations"),
    path("months/<uuid:key>/street/", month.report_street, name="desk-month-street"),
    path("months/<uuid:key>/report.docx", month.report, {"form": "docx"}, name="desk-month-docx"),
    path("months/<uuid:key>/report.pdf", month.report, {"form": "pdf"}, name="desk-month-pdf"),
]
