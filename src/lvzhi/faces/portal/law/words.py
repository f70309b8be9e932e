"""What the pages of a law say in whole sentences: how it stands, since when, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lvzhi.core.law import Act, Basis, Change, Row, Status
from lvzhi.faces.design.shapes import State
from lvzhi.faces.design.wording import cn_date
from lvzhi.work.statutes import queries
from lvzhi.work.statutes.models import Edition, Outcome, Work

STATUSES = {
    Status.IN_FORCE: (gettext_lazy("现行有效"), "done"),
    Status.AMENDED: (gettext_lazy("已被修改"), "back"),
    Status.REPEALED: (gettext_lazy("已经废止"), "closed"),
    Status.NOT_YET_IN_FORCE: (gettext_lazy("还没有施行"), "wait"),
    Status.UNKNOWN: (gettext_lazy("效力不明"), "todo"),
}
ACTS = {
    Act.ADOPTED: gettext_lazy("通过"),
    Act.APPROVED: gettext_lazy("批准"),
    Act.PROMULGATED: gettext_lazy("公布"),
    Act.AMENDED: gettext_lazy("修正"),
    Act.REVISED: gettext_lazy("修订"),
    Act.REPEALED: gettext_lazy("废止"),
    Act.EFFECTIVE: gettext_lazy("施行"),
}
MADE = {
    Act.ADOPTED.value: gettext_lazy("%(year)s 年通过"),
    Act.APPROVED.value: gettext_lazy("%(year)s 年批准"),
    Act.PROMULGATED.value: gettext_lazy("%(year)s 年公布"),
    Act.AMENDED.value: gettext_lazy("%(year)s 年修正"),
    Act.REVISED.value: gettext_lazy("%(year)s 年修订"),
}
CHANGES = {
    Change.SAME: (gettext_lazy("未修改"), ""),
    Change.RENUMBERED: (gettext_lazy("改条号"), "wait"),
    Change.AMENDED: (gettext_lazy("修改"), "doing"),
    Change.SPLIT: (gettext_lazy("拆分"), "doing"),
    Change.MERGED: (gettext_lazy("合并"), "doing"),
    Change.ADDED: (gettext_lazy("新增"), "done"),
    Change.DELETED: (gettext_lazy("删除"), "back"),
}
"""What happened to the articles of a row of a comparison, as a badge."""
UNSURE = {
    Outcome.NOT_CHECKED.value: gettext_lazy("引用的时候有效的那一版，本库没有收录；这里是收录的版本，条文可能不同。"),
    Outcome.UNIT_MISSING.value: gettext_lazy("引用的条款，在当时有效的版本里没有找到，请核对条号。"),
    Outcome.LAW_REPEALED.value: gettext_lazy("引用的时候，这部法已经废止。"),
    Outcome.LAW_AMBIGUOUS.value: gettext_lazy("这个名称对应几部法律，请在查法规里按全称找。"),
    Outcome.ABBREVIATION_CIRCLES.value: gettext_lazy("原文的简称互相指来指去，不能确定说的是哪部法律。"),
}
"""What is said of a citation that did not lead exactly where it meant to."""


def state_of(status: Status) -> State:
    """How a text stands, as a badge."""
    text, tone = STATUSES[status]
    return State(str(text), tone)  # type: ignore[arg-type]


def made_words(edition: Edition, act: str) -> str:
    """What an edition is called on the line of time: 2024 年修正."""
    return str(MADE.get(act, gettext_lazy("%(year)s 年文本"))) % {"year": edition.day.year}


def standing_words(edition: Edition, editions: Sequence[Edition], on: date) -> str:
    """Why an edition stands as it does on that day, in a sentence."""
    status = queries.edition_status(edition, on)
    since = cn_date(edition.effective)
    if status is Status.REPEALED:
        return repeal_words(edition.work)
    if status is Status.NOT_YET_IN_FORCE and queries.status(edition.work, on) is Status.IN_FORCE:
        # An older text was in force then, of which only a history tells.
        words = _("这部法那时已经施行，但是那一天有效的文本本库没有收录；这里是%(since)s起施行的文本。")
        return words % {"since": since}
    if status is Status.NOT_YET_IN_FORCE:
        return _("%(since)s起施行，在这以前按旧的规定办。") % {"since": since}
    if status is Status.AMENDED and edition.closed_on:
        closed = {"since": since, "until": cn_date(edition.closed_on)}
        if any(other.day > edition.day for other in editions):
            return _("%(since)s起施行，%(until)s起被修改后的文本代替。") % closed
        return _("%(since)s起施行，%(until)s起被修改后的文本代替；修改后的文本本库还没有收录。") % closed
    return _("%(since)s起施行。") % {"since": since}


def repeal_words(work: Work) -> str:
    """Since when and by what a work is repealed."""
    given = {"day": cn_date(work.repealed_since) if work.repealed_since else "", "by": work.repealed_by}
    if work.repealed_since and work.repealed_by:
        return _("%(day)s起废止，见《%(by)s》。") % given
    if work.repealed_by:
        return _("已由《%(by)s》废止。") % given
    return _("%(day)s起废止。") % given if work.repealed_since else _("已经废止。")


def basis_words(edition: Edition) -> str:
    """On what the first day in force rests, where the text itself does not say; empty where it does."""
    if edition.basis == Basis.EDITION:
        return _("施行日期是按修改的日子算的：修改决定可能另有规定，以修改决定为准。")
    if edition.basis in (Basis.PUBLICATION, Basis.UNKNOWN):
        return _("正文没有写明施行日期，这里按公布或者通过的日子算。")
    return ""


def change_words(row: Row) -> str:
    """The explanation of a row, in Chinese; empty where it says no more than its badge (修改。)."""
    return "" if row.change in (Change.ADDED, Change.DELETED) or row.note in ("修改。", "未修改。") else row.note
