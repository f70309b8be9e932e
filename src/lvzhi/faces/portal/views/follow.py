"""Following an opinion with its receipt, and what its sender may do: rate, add, withdraw, ask again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lvzhi.core.procedure import Action
from lvzhi.core.upload import UploadRefused, sentence
from lvzhi.faces.design.deadlines import lang, running
from lvzhi.faces.portal import keys, limits
from lvzhi.faces.portal.files import made_ready
from lvzhi.faces.portal.forms import ActForm, FollowForm
from lvzhi.faces.portal.raised import raised_items
from lvzhi.faces.portal.shell import page
from lvzhi.faces.portal.telling import number_of, plainly, standing, thread_of
from lvzhi.faces.portal.topics import category_name
from lvzhi.faces.portal.views.files import files_of
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import congress_of
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.procedures import procedure_of
from lvzhi.records.matters.queries import entries, next_actions
from lvzhi.records.matters.standing import parties_of
from lvzhi.records.people.actor import Actor, citizen
from lvzhi.work.opinions import actions, queries
from lvzhi.work.opinions.models import PROCEDURE, Opinion

ACTS = {
    "rate": (gettext_lazy("评价这次办理"), gettext_lazy("送出评价")),
    "supplement": (gettext_lazy("补充情况"), gettext_lazy("送出补充")),
    "reopen": (gettext_lazy("要求重新办理"), gettext_lazy("要求重新办理")),
    "restore": (gettext_lazy("弄错了，要求恢复办理"), gettext_lazy("要求恢复")),
    "withdraw": (gettext_lazy("撤回这条意见"), gettext_lazy("撤回")),
}
"""What a citizen may do, in the order it is offered; whether it can be done now is the procedure's to say."""
FIRST = frozenset({"rate", "restore"})
"""What the page is for while it can be done: its form stands open and above the rest."""
ICONS = {"rate": "vote", "supplement": "pen", "reopen": "thread", "restore": "thread", "withdraw": "x"}
DONE = {
    "rate": gettext_lazy("谢谢您的评价，已经记下了。"),
    "supplement": gettext_lazy("补充的内容已经送到办理的人手里。"),
    "reopen": gettext_lazy("已经退回承办单位重新办理，期限重新算。办好还在这里答复您。"),
    "restore": gettext_lazy("已经恢复办理，期限仍从最初收到的那天算。"),
    "withdraw": gettext_lazy("已经撤回，不再办理。"),
}


def _opened(request: HttpRequest, form: FollowForm) -> Opinion | None:
    """The opinion of a right number and code; the form says why not. Two statements."""
    if not form.is_valid():
        return None
    tried = limits.opening(request, clock.now())
    if not tried.allowed:
        form.add_error(None, _("试得太多了，请过 %(minutes)s 分钟再来。") % {"minutes": tried.minutes})
        return None
    found = queries.by_receipt(
        congress_of(request).pk, number_of(form.cleaned_data["number"]), form.cleaned_data["code"]
    )
    if found is None:
        form.add_error(None, _("编号或者查询码不对，请对照回执再输一次。"))
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; the right ones open the matter in this browser for an hour."""
    form = (
        FollowForm(request.POST)
        if request.method == "POST"
        else FollowForm(initial={"number": request.GET.get("number", "")[:30]})
    )
    opinion = _opened(request, form) if request.method == "POST" else None
    if opinion is None:
        return page(request, "follow", {"form": form}, current="portal-follow", status=400 if form.errors else 200)
    keys.open_in_session(request, opinion.matter_id, clock.now())
    return redirect("portal-mine", key=opinion.matter_id)


def _holder(request: HttpRequest, key: UUID) -> Actor | None:
    """The citizen this browser is, while it holds the receipt of the matter."""
    if not keys.is_open(request, key, clock.now()):
        return None
    return citizen(congress_of(request), matters=frozenset({key}))


def _ask_again(request: HttpRequest) -> HttpResponseRedirect:
    messages.info(request, _("为了不让别人看到，过一小时要再输一次编号和查询码。"))
    return redirect("portal-follow")


@never_cache
@require_safe
def mine(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where the opinion stands, for whoever holds its receipt. Some six statements."""
    actor = _holder(request, key)
    return _show(request, key, actor) if actor else _ask_again(request)


def _show(
    request: HttpRequest, key: UUID, actor: Actor, bound: ActForm | None = None, taken: str = "", status: int = 200
) -> HttpResponse:
    matter = queries.visible(actor, key)
    if matter is None or matter.procedure != PROCEDURE:
        raise Http404
    day, opinion = clock.today(), matter.opinion
    ledger = entries(matter, actor=actor)
    forms = _forms(matter, actor, bound, taken)
    context = {
        "matter": matter,
        "opinion": opinion,
        "state": standing(matter, holder=True),
        "plain": plainly(matter),
        "asked": _asked(ledger),
        "dues": running(matter, day),
        "category": category_name(congress_of(request), matter.category),
        "thread": thread_of(matter, ledger, day, text=opinion.text[:300], holder=True, told=0),
        "files": files_of(matter),
        "waits": opinion.is_suspected,
        "raised": raised_items(opinion, holder=True),
        "acts": forms,
        "error_form": bound,
    }
    return page(request, "mine", context, current="portal-follow", status=status)


def _asked(ledger: Sequence[Entry]) -> str:
    """What the office asked the sender to add, while that is unanswered."""
    asked = ""
    for entry in ledger:
        if entry.action == "ask_supplement":
            asked = str(entry.data.get("request") or "")
        elif entry.action in ("supplement", "answer"):
            asked = ""
    return asked


def _forms(matter: Matter, actor: Actor, bound: ActForm | None, taken: str) -> list[dict[str, object]]:
    """The forms of the acts that are open to the sender now. No statement."""
    options = next_actions(matter, actor=actor, parties=parties_of(matter), facts={})
    allowed: dict[str, Action] = {option.action.name: option.action for option in options if option.allowed}
    shown = []
    for name, (title, label) in ACTS.items():
        if name not in allowed:
            continue
        form = bound if bound is not None and name == taken else ActForm(action=allowed[name])
        shown.append({
            "name": name, "title": title, "with_files": "photos" in form.fields, "label": label, "form": form,
            "open": name in FIRST or form is bound, "primary": name in FIRST, "icon": ICONS[name],
            "url": reverse("portal-act", args=[matter.pk, name]),
        })  # fmt: skip
    return shown


@never_cache
@require_POST
def act(request: HttpRequest, key: UUID, action: str) -> HttpResponse:
    """Take one of the sender's acts; a refusal is told above the form with what was typed."""
    if action not in ACTS:
        raise Http404
    actor = _holder(request, key)
    if actor is None:
        return _ask_again(request)
    matter = _held(actor, key)
    form = ActForm(request.POST, request.FILES, action=procedure_of(matter).action(action))
    if form.is_valid() and _taken(form, matter, action, actor):
        messages.success(request, str(DONE[action]))
        return redirect("portal-mine", key=key)
    return _show(request, key, actor, bound=form, taken=action, status=400)


def _held(actor: Actor, key: UUID) -> Matter:
    """The opinion's matter, as an act needs it. One statement."""
    matter = queries.visible(actor, key)
    if matter is None or matter.procedure != PROCEDURE:
        raise Http404
    return matter


def _taken(form: ActForm, matter: Matter, action: str, actor: Actor) -> bool:
    """Whether the act was done, with the files that came along; if not, the form says why."""
    at, photos = clock.now(), form.cleaned_data.get("photos") or []
    try:
        files = made_ready(photos)
        with transaction.atomic() if files else nullcontext():
            entry = actions.take(matter, action, actor=actor, on=clock.today(), at=at, data=form.said)
            if files:
                actions.attach(matter.opinion, files, actor=actor, at=at, entry=entry)
    except actions.ActRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    except UploadRefused as refusal:
        form.add_error("photos", sentence(refusal.code, refusal.params, lang()))
        return False
    return True


@never_cache
@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    """Rate with number and code in one step, for whoever keeps no cookies."""
    follow = FollowForm(request.POST)
    opinion = _opened(request, follow)
    if opinion is None:
        return page(request, "follow", {"form": follow}, current="portal-follow", status=400)
    actor = citizen(opinion.congress_id, matters=frozenset({opinion.matter_id}))
    form = ActForm(request.POST, action=procedure_of(opinion.matter).action("rate"), prefix=None)
    done = form.is_valid() and _taken(form, opinion.matter, "rate", actor)
    context = {"matter": opinion.matter, "form": form, "done": done}
    return page(request, "rated", context, current="portal-follow", status=200 if done else 400)


@never_cache
@require_POST
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put the receipt away before the hour is over."""
    keys.close_in_session(request, key)
    messages.success(request, _("已经收起。下次再看，要重新输入编号和查询码。"))
    return redirect("portal-follow")
