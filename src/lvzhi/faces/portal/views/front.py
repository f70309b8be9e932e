"""The front page: within ten seconds, what this is and what one can do here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.faces.design.shapes import AgendaItem, Entry, Figure, ThreadItem
from lvzhi.faces.design.wording import percent, short_date, thousands
from lvzhi.faces.portal import figures
from lvzhi.faces.portal.briefly import kept_briefly
from lvzhi.faces.portal.shell import page, site, visitor
from lvzhi.faces.portal.telling import LEDE, short, standing, story_url, thread_of, title_of
from lvzhi.faces.portal.topics import category_name
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import congress_of
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.queries import entries
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions.queries import YearFigures
from lvzhi.work.opinions.queries import board as published_board

LOOKED_AT = 12
SHOWN = 4


@require_safe
@kept_briefly
def front(request: HttpRequest) -> HttpResponse:
    """Two or three statements: what was published last, the thread of the story, now and then the figures."""
    congress, day = congress_of(request), clock.today()
    latest = published_board(congress.pk, limit=LOOKED_AT).rows
    answered = [matter for matter in latest if matter.opinion.public_reply]
    story = next((matter for matter in answered if matter.opinion.result_rating == "solved"), None)
    story = story or next(iter(answered), None) or next(iter(latest), None)
    year = figures.this_year(congress.pk, day)
    context = {
        "doors": _doors(year),
        "ways": _ways(site(congress)["phone"]),
        "story": story,
        "story_title": title_of(story) if story else "",
        "story_url": story_url(story) if story else "",
        "thread": _thread(request, story) if story else _promise(),
        "answers": [_answer(congress, matter) for matter in answered if matter != story][:SHOWN],
        "figures": _figures(year),
        "today": day,
    }
    return page(request, "front", context)


def _thread(request: HttpRequest, story: Matter) -> list[ThreadItem]:
    seen = entries(story, actor=visitor(request))
    text = short(story.opinion.public_text, 60)
    return thread_of(story, seen, clock.today(), text=text, told=LEDE)


def _promise() -> list[ThreadItem]:
    """Before anything has been published, the way an opinion will go."""
    return [
        ThreadItem(_("您说"), _("写下一件事，当场拿到编号和查询码"), "later"),
        ThreadItem(_("我们"), _("十五日内书面告诉您交给谁办"), "later"),
        ThreadItem(_("承办"), _("办完在网上答复，日期和依据都写明"), "later"),
        ThreadItem(_("您评"), _("满意不满意，由您来评；不满意可以再办"), "later"),
    ]


def _answer(congress: Congress, matter: Matter) -> AgendaItem:
    opinion = matter.opinion
    rating = opinion.get_result_rating_display() if opinion.result_rating else ""
    who = matter.responsible.short if matter.responsible else ""
    note = _("%(who)s答复：%(reply)s") % {"who": who, "reply": short(opinion.public_reply, 46)}
    state = standing(matter)
    return AgendaItem(
        short_date(opinion.replied_on, clock.today()),
        title_of(matter),
        story_url(matter),
        category_name(congress, matter.category),
        note,
        state if not rating else type(state)(rating, "done"),
    )


def _doors(year: YearFigures) -> list[Entry]:
    so_far = _("今年 %(received)s 件，已答复 %(answered)s 件") % {
        "received": thousands(year.received),
        "answered": thousands(year.answered),
    }
    return [
        Entry(reverse("portal-new"), _("提意见"), _("三分钟，可以不留名"), "chat", main=True),
        Entry(reverse("portal-follow"), _("查办理"), _("凭回执上的编号和查询码"), "search"),
        Entry(reverse("portal-board"), _("看公开的意见"), so_far, "thread"),
        Entry(reverse("portal-about"), _("了解人大"), _("人大做什么，意见怎样办，去哪里找"), "law"),
    ]


def _ways(phone: str) -> list[Entry]:
    """The four large buttons of the version for the elderly."""
    call = Entry(reverse("portal-about"), _("找地方"), _("地址、电话和接待时间"), "pin")
    if phone:
        call = Entry(f"tel:{phone}", _("打电话"), phone, "phone")
    return [
        Entry(reverse("portal-new"), _("提意见"), _("写下来，送出去"), "chat", main=True),
        Entry(reverse("portal-follow"), _("我说的事到哪了"), _("拿着回执来查"), "search"),
        call,
        Entry(reverse("portal-board"), _("看看别人的事"), _("办成了什么"), "thread"),
    ]


def _figures(year: YearFigures) -> list[Figure]:
    shown = [Figure(thousands(year.received), _("件群众意见"))]
    if year.received:
        shown.append(
            Figure(
                percent(year.answered, year.received), _("已答复，%(count)s 件") % {"count": thousands(year.answered)}
            )
        )
    if year.days_to_answer is not None:
        shown.append(Figure(_("%(days)s 天") % {"days": year.days_to_answer}, _("从收到到答复，平均")))
    if year.rated:
        solved = _("来信人说解决了，共 %(count)s 人评价") % {"count": thousands(year.rated)}
        shown.append(Figure(percent(year.solved, year.rated), solved))
        treated = _("对办理过程满意或者基本满意")
        shown.append(Figure(percent(year.satisfied, year.rated), treated))
    return shown
