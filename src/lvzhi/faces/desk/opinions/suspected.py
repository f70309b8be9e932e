"""疑似垃圾信息: what may be no opinion, with the reasons; set aside with a reason code, or taken into the queue."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lvzhi.core.procedure import ProcedureError
from lvzhi.core.text import reason
from lvzhi.core.text.wording import SENTENCES
from lvzhi.core.upload import csv_safe
from lvzhi.faces.design.deadlines import lang
from lvzhi.faces.design.wording import short_date
from lvzhi.faces.desk.addresses import pages
from lvzhi.faces.desk.context import page
from lvzhi.faces.desk.opinions.cases import where
from lvzhi.faces.desk.opinions.marking import begin
from lvzhi.faces.desk.opinions.triage import office_only, tabs
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.matters.procedures import registry, words
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions import actions, queries
from lvzhi.work.opinions.models import PROCEDURE

MOST_AT_ONCE = 5000
LOGGED = timedelta(days=366)


@dataclass(frozen=True)
class Line:
    """Submissions with the same words, as one line."""

    digest: str
    title: str
    url: str
    text: SafeString
    count: int
    reasons: list[str]
    meta: str


@office_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def suspected(request: HttpRequest) -> HttpResponse:
    """GET shows what may be spam, identical words folded; POST decides on all that are ticked."""
    congress, actor = congress_of(request), actor_of(request)
    if request.method == "POST":
        _decide(request, congress, actor)
        return redirect(request.get_full_path())
    found = queries.suspected(congress.pk, after=request.GET.get("after", ""))
    today = clock.today()
    context = {
        "lines": [_line(each, today) for each in found.rows],
        "reasons": _codes(congress, today),
        "tabs": tabs("desk-suspected"),
        "distinct": len(found.rows),
        "total": sum(each.count for each in found.rows),
        **pages(request, found.after),
    }
    return page(request, "desk/opinions/suspected.html", context, here="desk-triage")


def _line(each: queries.Suspects, today: date) -> Line:
    opinion = each.opinion
    shown = [(str(item["code"]), str(item["words"])) for item in opinion.suspicion]
    facts = [*where(opinion), short_date(opinion.matter.opened_on, today)]
    return Line(
        digest=opinion.fingerprint,
        title=opinion.matter.title,
        url=reverse("desk-matter", args=[opinion.matter_id]),
        text=begin(opinion.text, [said for _code, said in shown]),
        count=each.count,
        reasons=[reason(code, lang()) for code in dict(shown) if code in SENTENCES],
        meta=_("，").join(filter(None, facts)),
    )


def _codes(congress: Congress, today: date) -> list[tuple[str, str]]:
    """The reason codes for which something may be set aside, from the procedure."""
    try:
        procedure = registry().get(PROCEDURE, today, congress.region)
    except ProcedureError:
        return []
    fields = procedure.action("set_aside").fields
    return [(choice.name, words(choice.text)) for field in fields for choice in field.choices]


def _decide(request: HttpRequest, congress: Congress, actor: Actor) -> None:
    digests = list(dict.fromkeys(request.POST.getlist("pick")))[: queries.QUEUE_PAGE]
    verb = "clear" if request.POST.get("do") == "clear" else "set_aside"
    code = request.POST.get("reason", "")
    if not digests:
        messages.info(request, _("没有选中任何一件。"))
        return
    if verb == "set_aside" and code not in dict(_codes(congress, clock.today())):
        messages.error(request, _("请选为什么不作为意见办理。"))
        return
    matters = [each.pk for digest in digests for each in queries.with_the_words_of(congress.pk, digest)][:MOST_AT_ONCE]
    swept = actions.sweep(matters, verb, reason=code, actor=actor, on=clock.today(), at=clock.now())
    if swept.done and verb == "clear":
        messages.success(request, _("%(n)s 件转入等分派") % {"n": swept.done})
    elif swept.done:
        said = ngettext(
            "%(n)s 件不作为意见办理，来信人凭回执能看到理由，也能要求恢复",
            "%(n)s 件不作为意见办理，来信人凭回执能看到理由，也能要求恢复",
            swept.done,
        )
        messages.success(request, said % {"n": swept.done})
    if swept.later:
        messages.info(request, _("另有 %(n)s 件在后台接着办，几分钟内办完。") % {"n": swept.later})
    for sentence in swept.refused[:3]:
        messages.error(request, sentence)


@office_only
@require_safe
def log(request: HttpRequest) -> StreamingHttpResponse:
    """Who set aside or took up what, when and why, of the last twelve months, as CSV."""
    congress = congress_of(request)
    lines = _log_lines(congress, clock.today() - LOGGED)
    answer = StreamingHttpResponse(_written(lines), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="moderation.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _written(lines: Iterator[list[str]]) -> Iterator[str]:
    class Echo:
        def write(self, value: str) -> str:
            return value

    writer = csv.writer(Echo())
    yield "\ufeff"
    for line in lines:
        yield writer.writerow([csv_safe(cell) for cell in line])


def _log_lines(congress: Congress, since: date) -> Iterator[list[str]]:
    yield [_("编号"), _("题目"), _("决定"), _("理由"), _("日期"), _("经办")]
    codes = dict(_codes(congress, clock.today()))
    names = {"set_aside": _("不作为意见办理"), "clear": _("看过，按意见办理"), "restore": _("恢复办理")}
    for entry in queries.moderated(congress.pk, since=since):
        why = str(entry.data.get("reason") or "")
        who = " ".join(filter(None, [entry.actor_office, entry.actor_name])) or _("来信人")
        yield [
            entry.matter.number,
            entry.matter.title,
            names[entry.action],
            codes.get(why, why),
            entry.on.isoformat(),
            who,
        ]
