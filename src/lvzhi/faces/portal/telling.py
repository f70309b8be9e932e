"""What became of an opinion, in plain words: where it stands, and the thread from the first sentence on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from lvzhi.faces.design.deadlines import running
from lvzhi.faces.design.shapes import State, StateTone, ThreadItem
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.procedures import procedure_of, words
from lvzhi.records.people.models import Body
from lvzhi.work.opinions import covering
from lvzhi.work.opinions.actions import MOST_TEXT

HOLDER_SEES = frozenset(
    {"ask_supplement", "notify", "rate", "remind", "restore", "set_aside", "supplement", "withdraw"}
)
"""Entries that are not public but concern whoever holds the receipt."""
AGAIN = frozenset({"reopen", "reopen_own"})
ANSWERS = frozenset({"answer", "pass_answer", "answer_together"})
LEDE = 110
TONES: Mapping[str, StateTone] = {
    "received": "todo",
    "replied": "done",
    "result_returned": "done",
    "archived": "closed",
    "withdrawn": "closed",
    "not_accepted": "closed",
    "topic_candidate": "done",
}
_NUMBER = re.compile(r"(\d{4})\D+(\d{1,7})\D*$")


def number_of(text: str, prefix: str = "意") -> str:
    """A matter's number however it was typed: 2026-128, 意2026－0128; unreadable words are returned as they are."""
    found = _NUMBER.search(unicodedata.normalize("NFKC", text))
    return f"{prefix} {found[1]}-{int(found[2]):04d}" if found else text.strip()


def slug_of(number: str) -> str:
    """The number as it stands in an address: 2026-0128."""
    return number.rsplit(" ", 1)[-1]


def title_of(matter: Matter) -> str:
    """The title of a published opinion, with what is personal in it covered. The opinion is loaded along."""
    return matter.opinion.public_title or covered(matter.title)


def covered(text: str) -> str:
    """`text` with what is surely personal in it covered, as the public reads it."""
    return covering.everything_covered(text)


def story_url(matter: Matter) -> str:
    """Where a published opinion can be read."""
    return reverse("portal-story", args=[slug_of(matter.number)])


def standing(matter: Matter, *, holder: bool = False) -> State:
    """Where a matter stands; only the holder of the receipt is asked to rate."""
    state = procedure_of(matter).states[matter.state]
    text = words(state.public or state.text)
    if not holder and matter.state in ("replied", "result_returned"):
        text = _("已答复")
    if not holder and matter.state == "archived" and matter.opinion.reply and not matter.opinion.result_rating:
        return State(_("已答复"), "done")
    if not holder and matter.state in ("transferred", "in_handling"):
        text = _("办理中")
    return State(text, TONES.get(matter.state, "doing"))


def result_of(matter: Matter) -> State | None:
    """Whether the sender says it was solved, and then how they were treated; None before it was rated."""
    opinion = matter.opinion
    if not opinion.result_rating:
        return None
    tone: Mapping[str, StateTone] = {"solved": "done", "partly": "wait", "not": "back"}
    said = opinion.get_result_rating_display()
    if opinion.process_rating:
        said = _("%(result)s · %(process)s") % {"result": said, "process": opinion.get_process_rating_display()}
    return State(said, tone.get(opinion.result_rating, "done"))


def short(text: str, length: int = LEDE) -> str:
    """The first words of a text on one line."""
    return Truncator(" ".join(text.split())).chars(length)


def rating_name(matter: Matter, rating: str) -> str:
    """Whether it was solved, in words; empty for none."""
    choices = procedure_of(matter).action("rate").field("result").choices
    return next((words(choice.text) for choice in choices if choice.name == rating), "")


def choice_name(matter: Matter, entry: Entry, name: str) -> str:
    """A value that was chosen from a list, in words; empty for none."""
    chosen = str(entry.data.get(name) or "")
    fields = [field for field in procedure_of(matter).action(entry.action).fields if field.name == name]
    return next((words(each.text) for field in fields for each in field.choices if each.name == chosen), "")


def bodies_in(entries: Iterable[Entry], matter: Matter) -> dict[str, str]:
    """Names of the bodies the matter was handed to. One statement, none when it is where it first went."""
    known = {str(body.pk): body.name for body in (matter.responsible,) if body}
    named = (entry.data.get(key) for entry in entries for key in ("body", "co_body"))
    wanted = {str(key) for key in named if key} - known.keys()
    if wanted:
        rows = Body.objects.of(matter.congress_id).filter(pk__in=[UUID(key) for key in wanted])
        known |= {str(key): name for key, name in rows.values_list("pk", "name")}
    return known


def thread_of(
    matter: Matter,
    entries: Sequence[Entry],
    today: date,
    *,
    text: str,
    holder: bool = False,
    told: int = MOST_TEXT,
) -> list[ThreadItem]:
    """The thread of an opinion: `text` is what may be shown of its words, `told` how much of an answer.

    With `told` 0 the last answer is left out, because the page shows it whole. At most one statement.
    """
    names = bodies_in(entries, matter)
    items = [
        ThreadItem(
            _("群众"), on=matter.opened_on, title=_("有人说了一件事") if not holder else _("您说了一件事"), said=text
        )
    ]
    last = next((entry.pk for entry in reversed(entries) if entry.action in ANSWERS), None)
    again = 1
    for entry in entries:
        if entry.action == "submit" or not (entry.is_public or (holder and entry.action in HOLDER_SEES)):
            continue
        again += entry.action in AGAIN
        length = told if told or entry.pk == last else MOST_TEXT
        item = _item(matter, entry, names, length, holder=holder)
        items.append(replace(item, title=_round(item.title, again)) if entry.action in AGAIN else item)
    if not holder and (rated := result_of(matter)):
        items.append(ThreadItem(_("评价"), _("来信人评价：%(rating)s") % {"rating": rated.text}))
    return [*items, *_ahead(matter, today, holder=holder)]


def _round(title: str, number: int) -> str:
    return _("%(title)s（第 %(n)s 轮，期限重新算）") % {"title": title, "n": number}


def _item(matter: Matter, entry: Entry, names: Mapping[str, str], length: int, *, holder: bool) -> ThreadItem:
    body = names.get(str(entry.data.get("body")), "") or (
        matter.responsible.name if matter.responsible else _("有关单位")
    )
    joining = names.get(str(entry.data.get("co_body")), _("有关单位"))
    rated = rating_name(matter, str(entry.data.get("result", "")))
    told: dict[str, tuple[str, str, str]] = {
        "register": (_("登记"), _("信访办公室登记了"), ""),
        "assign": (_("交办"), _("交给%(body)s办理") % {"body": body}, ""),
        "transfer": (_("转送"), _("转给%(body)s办理") % {"body": body}, ""),
        "accept": (_("受理"), _("%(body)s受理了") % {"body": body}, ""),
        "extend": (_("延期"), _("%(body)s说明要多用些时间") % {"body": body}, "reason"),
        "answer": (_("答复"), _("%(body)s答复了") % {"body": body}, "reply"),
        "pass_answer": (_("答复"), _("%(body)s答复了") % {"body": body}, "reply"),
        "answer_together": (_("答复"), _("%(body)s一并答复了") % {"body": body}, "reply"),
        "merge": (_("并案"), _("和同一件事的意见一并办理"), ""),
        "unmerge": (_("并案"), _("改为单独办理"), "reason"),
        "invite": (_("会办"), _("邀请%(body)s会办") % {"body": joining}, ""),
        "designate": (_("指定"), _("指定%(body)s承办") % {"body": body}, ""),
        "set_aside": (
            _("告知"),
            _("没有作为意见办理：%(reason)s") % {"reason": choice_name(matter, entry, "reason")},
            "",
        ),
        "restore": (_("恢复"), _("恢复办理"), "reason"),
        "revisit": (_("回访"), _("回访：%(rating)s") % {"rating": rated}, ""),
        "raise": (_("引出"), _("由此引出"), "raised"),
        "outcome": (_("结果"), _("引出的事有了结果"), "came_of_it"),
        "not_accept": (_("告知"), _("不属于受理范围，已说明理由"), ""),
        "notify": (_("告知"), _("书面告知了办理去向"), ""),
        "ask_supplement": (_("补充"), _("请您补充材料"), "request"),
        "supplement": (_("补充"), _("您补充了情况"), "supplement"),
        "remind": (_("催办"), _("信访办公室催办"), ""),
        "rate": (_("评价"), _("您评价了：%(rating)s") % {"rating": rated}, "comment"),
        "reopen": (_("重办"), _("重新办理"), "reason"),
        "reopen_own": (_("重办"), _("重新办理"), "reason"),
        "archive": (_("办结"), _("办结归档"), ""),
        "withdraw": (_("撤回"), _("您撤回了"), ""),
        "make_topic": (_("议题"), _("这类问题列入了监督议题线索"), ""),
    }
    mark, title, field = told.get(entry.action, (_("办理"), words(procedure_of(matter).action(entry.action).text), ""))
    text = str(entry.data.get(field) or "") if field else ""
    if not holder:
        text = covered(text)
    if field == "reply" and length < len(text):
        text = short(text, length) if length else ""
    if entry.action in AGAIN and not holder and not entry.actor_account_id:
        title, text = _("来信人要求重新办理"), ""
    return ThreadItem(mark, title, on=entry.on, text=text)


def _ahead(matter: Matter, today: date, *, holder: bool) -> list[ThreadItem]:
    """The step that is under way, and the one after it."""
    if not matter.is_open:
        return []
    if matter.state in ("replied", "result_returned"):
        asked = _("等您评价") if holder else _("等来信人评价")
        return [ThreadItem(_("评价"), asked, "now", text=_("没有解决，可以要求重新办理。"))]
    body = matter.responsible.name if matter.responsible else _("信访办公室")
    due = next((chip for _name, chip in running(matter, today)), None)
    doing = _("%(body)s正在办理") if matter.responsible else _("%(body)s正在看，确定由谁办理")
    rate = _("您评价：解决了没有，满意不满意") if holder else _("来信人评价：解决了没有，满意不满意")
    return [ThreadItem(_("办理"), doing % {"body": body}, "now", due=due), ThreadItem(_("评价"), rate, "later")]


def plainly(matter: Matter, asked: str = "") -> str:
    """One sentence or two for the holder of the receipt: what is happening, and what comes next."""
    body = matter.responsible.name if matter.responsible else _("有关单位")
    told = {
        "received": _("您的意见已经收到。信访办公室会登记、看清楚归谁办，再书面告诉您。"),
        "registered": _("您的意见已经登记，正在看归谁办。"),
        "screened": _("信访办公室正在确定由谁办理。"),
        "in_handling": _("%(body)s正在办理，办好会在这里答复您。") % {"body": body},
        "transferred": _("这件事归%(body)s办，已经转过去。他们要告诉您受理不受理，办完在这里答复您。") % {"body": body},
        "replied": _("%(body)s已经答复。请您看看，说说解决了没有、满意不满意。") % {"body": body},
        "result_returned": _("%(body)s已经答复。请您看看，说说解决了没有、满意不满意。") % {"body": body},
        "answer_check": _("%(body)s已经写了答复，信访办公室正在核对有没有答到点上。") % {"body": body},
        "result_check": _("%(body)s已经写了答复，信访办公室正在核对有没有答到点上。") % {"body": body},
        "merged": _("有别人也反映了同一件事，正在一并办理。办好会在这里答复您，您照样可以评价。"),
        "set_aside": _("这条没有作为意见办理，理由写在下面的经过里。您认为弄错了，可以要求恢复。"),
        "archived": _("这件事已经办结。谢谢您。"),
        "not_accepted": _("这件事不属于人大信访受理的范围，理由写在下面的经过和告知书里。"),
        "withdrawn": _("您撤回了这条意见，不再办理。"),
        "topic_candidate": _("这类问题反映比较集中，已经列入人大监督议题的线索。"),
    }
    return told.get(matter.state, words(procedure_of(matter).states[matter.state].text)) + asked
