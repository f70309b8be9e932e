"""Addresses of the desk; included under `desk/`."""

from __future__ import annotations

from django.urls import path

from lvzhi.faces.desk import (
    act,
    files,
    matter,
    matters,
    notices,
    opening,
    people,
    people_import,
    readings,
    register,
    search,
    worklist,
)
from lvzhi.faces.desk.opinions import answering, checkpage, compare, importing, points, publishing, suspected, triage

urlpatterns = [
    path("", worklist.worklist, name="desk-worklist"),
    path("matters/", matters.matters, name="desk-matters"),
    path("matters.csv", matters.export, name="desk-matters-csv"),
    path("matters/<uuid:key>/", matter.matter, name="desk-matter"),
    path("matters/<uuid:key>/attach/", matter.attach, name="desk-attach"),
    path("matters/<uuid:key>/link/", matter.link, name="desk-link"),
    path("matters/<uuid:key>/sender/", matter.sender, name="desk-sender"),
    path("matters/<uuid:key>/answer/", answering.answer, name="desk-answer"),
    path("matters/<uuid:key>/answer/hints/", answering.hints, name="desk-answer-hints"),
    path("matters/<uuid:key>/pass_answer/", checkpage.check, name="desk-check"),
    path("matters/<uuid:key>/send_back/", checkpage.check, name="desk-send-back"),
    path("matters/<uuid:key>/publish/", publishing.publish, name="desk-publish"),
    path("matters/<uuid:key>/points/", points.points, name="desk-points"),
    path("matters/<uuid:key>/<slug:action>/", act.act, name="desk-act"),
    path("files/<uuid:key>", files.file, name="desk-file"),
    path("papers/<uuid:key>", files.paper, name="desk-paper"),
    path("papers/<uuid:key>.docx", files.paper_docx, name="desk-paper-docx"),
    path("papers/<uuid:key>.pdf", files.paper_pdf, name="desk-paper-pdf"),
    path("triage/", triage.triage, name="desk-triage"),
    path("triage/suspected/", suspected.suspected, name="desk-suspected"),
    path("triage/suspected.csv", suspected.log, name="desk-suspected-csv"),
    path("triage/<uuid:key>/", compare.compare, name="desk-compare"),
    path("messages/", importing.start, name="desk-messages"),
    path("messages/<uuid:key>/", importing.file, name="desk-message-file"),
    path("messages/<uuid:key>/rejected.csv", importing.rejected, name="desk-message-file-rejected"),
    path("new/", register.new, name="desk-new"),
    path("new/suggest/", register.suggest, name="desk-new-suggest"),
    path("open/", opening.choose, name="desk-open"),
    path("open/<slug:procedure>/<slug:action>/", opening.fill_in, name="desk-open-form"),
    path("search/", search.search, name="desk-search"),
    path("people/", people.people, name="desk-people"),
    path("people/import/", people_import.start, name="desk-import"),
    path("people/import/confirm/", people_import.confirm, name="desk-import-confirm"),
    path("people/import/<str:kind>.csv", people_import.template, name="desk-import-template"),
    path("people/<uuid:key>/", people.person, name="desk-person"),
    path("bodies/<uuid:key>/", people.body, name="desk-body"),
    path("notices/", notices.notices, name="desk-notices"),
    path("notices/read/", notices.read_all, name="desk-notices-read"),
    path("notices/<uuid:key>/read/", notices.read, name="desk-notice-read"),
    path("readings/", readings.readings, name="desk-readings"),
]
