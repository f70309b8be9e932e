"""The forms of managed texts. What may be is said again by the actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lvzhi.core import law
from lvzhi.core.law.readers.files import LARGEST
from lvzhi.core.law.refusal import sentence
from lvzhi.core.upload import clean_name
from lvzhi.faces.design.deadlines import lang
from lvzhi.faces.desk.forms import DayField
from lvzhi.records.documents import holding
from lvzhi.records.documents.store import Ready
from lvzhi.work.statutes import originals
from lvzhi.work.statutes.actions import Particulars
from lvzhi.work.statutes.describing import Facts
from lvzhi.work.statutes.models import Kind, Level, Work

SALT = "statutes-taken-in"
LIFETIME = holding.HELD_FOR
"""As long as a file waits at the server."""
MOST_CHARACTERS = 2_000_000
"""The longest law has half a million; what is longer is taken in by command."""
ENDINGS = ".md,.txt,.docx,.pdf,.html,.htm"


class TextFile(forms.Form):
    """The file with a text of law."""

    file = forms.FileField(
        label=gettext_lazy("法律文本"),
        widget=forms.ClearableFileInput(attrs={"accept": ENDINGS}),
        allow_empty_file=True,  # the reader says better what to do
        help_text=gettext_lazy(".docx、带文字的 PDF、.txt、.md 或者从官方网站保存的网页。先看结构，确认以后才存。"),
    )

    def clean_file(self) -> tuple[law.Document, Ready | None]:
        """The text with its structure and the file to keep beside it, or the sentence why it is none."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            document, original = originals.read(clean_name(file.name or ""), file.read(LARGEST + 1))
        except law.LawRefused as refused:
            raise forms.ValidationError(sentence(refused.code, refused.params, lang())) from refused
        if len(document.source) > MOST_CHARACTERS:
            raise forms.ValidationError(_("文字超过两百万，不像是一部法律。请去掉无关的内容再上传。"))
        return document, original


@dataclass(frozen=True, slots=True)
class Looked:
    """A text that was looked at and not stored yet; `ticket` stands for its file, which waits at the server."""

    document: law.Document
    ticket: str = ""

    def sealed(self) -> str:
        """The text on its way through the browser: signed, so that what was looked at is what is stored."""
        told = {"name": self.document.name, "text": self.document.source, "file": self.ticket}
        return signing.dumps(told, salt=SALT, compress=True)

    def original(self, at: datetime) -> Ready | None:
        """The file to keep, if any."""
        return holding.take(self.ticket, at=at) if self.ticket else None


def unseal(token: str, at: datetime) -> Looked | None:
    """The text that was looked at; None when it is too old or not ours, or its file is gone."""
    try:
        found = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    ticket = found.get("file", "")
    if ticket and holding.look(ticket, at=at) is None:
        return None
    return Looked(law.parse(found["text"], found["name"]), ticket)


class ParticularsForm(forms.Form):
    """What is said of a work."""

    kind = forms.ChoiceField(label=gettext_lazy("种类"), choices=Kind.choices)
    level = forms.ChoiceField(label=gettext_lazy("层级"), choices=Level.choices)
    region = forms.CharField(label=gettext_lazy("地区"), max_length=40, required=False)
    organ = forms.CharField(label=gettext_lazy("制定机关"), max_length=120, required=False)
    number = forms.CharField(label=gettext_lazy("文号"), max_length=60, required=False)

    def particulars(self) -> Particulars:
        """The answers."""
        given = self.cleaned_data
        return Particulars(Kind(given["kind"]), Level(given["level"]), given["region"], given["organ"], given["number"])


def _reason() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("原因"), max_length=200, help_text=gettext_lazy("写进变更记录，以后查得到。")
    )


class FactsForm(ParticularsForm):
    """The particulars of a text that was read, to be confirmed."""

    title = forms.CharField(label=gettext_lazy("题目"), max_length=300)
    day = DayField(label=gettext_lazy("版本日期"), help_text=gettext_lazy("通过的日子；修改过的，最近一次修改的日子。"))
    effective = DayField(label=gettext_lazy("施行日期"), help_text=gettext_lazy("这个版本从哪一天起施行。"))
    reason = _reason()
    text = forms.CharField(widget=forms.HiddenInput)
    field_order = ("title", "kind", "level", "region", "organ", "number", "day", "effective", "reason", "text")

    def facts(self) -> Facts:
        """The answers."""
        given = self.cleaned_data
        told = self.particulars()
        return Facts(
            given["title"], told.kind, told.level, told.region, told.organ, told.number, given["day"],
            given["effective"],
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """An edition is in force from its own day at the earliest, but for texts that reach back: those are refused."""
        given = self.cleaned_data
        if given.get("day") and given.get("effective") and given["effective"] < given["day"]:
            self.add_error("effective", _("施行日期早于版本日期。有追溯效力的，按版本日期填写，另在原因里说明。"))
        return given


class CorrectionForm(forms.Form):
    """A corrected text of the same edition."""

    reason = _reason()
    text = forms.CharField(widget=forms.HiddenInput)


class DescribeForm(ParticularsForm):
    """What is said of a work, mended."""

    reason = _reason()


class RepealForm(forms.Form):
    """That a work is repealed, where no text held says so."""

    since = DayField(label=gettext_lazy("从哪一天起废止"))
    by = forms.CharField(label=gettext_lazy("被哪部文件废止"), max_length=300, required=False)
    reason = _reason()


class AcceptForm(forms.Form):
    """Why a correction that an import brought is taken, and with which text it was compared."""

    reason = _reason()
    against = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ReasonForm(forms.Form):
    """Why a draft is given up, or a correction not taken."""

    reason = _reason()


def initial_of(facts: Facts) -> dict[str, object]:
    """What a text says of itself, for the form."""
    return {
        "title": facts.title, "kind": facts.kind, "level": facts.level, "region": facts.region, "organ": facts.organ,
        "number": facts.number, "day": facts.day, "effective": facts.effective,
    }  # fmt: skip


def initial_of_work(work: Work) -> dict[str, object]:
    """What is said of a work, for the form."""
    return {name: getattr(work, name) for name in ("kind", "level", "region", "organ", "number")}
