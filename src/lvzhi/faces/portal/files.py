"""The few files a citizen may send along: looked through before the opinion is taken in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lvzhi.core.upload import EXTENSIONS, IMAGES, UploadRefused, in_units, inspect, sentence
from lvzhi.faces.design.deadlines import lang
from lvzhi.records.documents.store import Ready, ready

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_FILES = 6
MOST_BYTES = 10 << 20
"""The largest file taken from the public, in bytes."""


class ManyFiles(forms.ClearableFileInput):
    """One control that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to `MOST_FILES` files, each judged by what it is and not by its name."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_FILES:
            raise forms.ValidationError(
                _("最多 %(most)s 个文件，现在有 %(count)s 个，请减掉一些") % {"most": MOST_FILES, "count": len(given)}
            )
        return [self._checked(super(FilesField, self).clean(each, initial)) for each in given]

    def _checked(self, each: UploadedFile[bytes]) -> UploadedFile[bytes]:
        try:
            if (each.size or 0) > MOST_BYTES:  # before it is taken into memory
                raise UploadRefused("too_large", limit=in_units(MOST_BYTES))
            inspect(each.name or "", BytesIO(each.read()), MOST_BYTES)
            each.seek(0)
        except UploadRefused as refusal:
            said = sentence(refusal.code, refusal.params, lang())
            raise forms.ValidationError(
                f"{each.name}: {said}" if lang() == "en" else f"「{each.name}」{said}"
            ) from refusal
        return each


# Named one by one, these make a phone hand over a JPEG where it keeps its pictures in a format of its own.
ACCEPTED = ",".join(
    ["image/jpeg", "image/png", "image/webp", *(f".{name}" for name in EXTENSIONS if EXTENSIONS[name] not in IMAGES)]
)


def photos_field(label: Any) -> FilesField:
    """The control for photos and papers, as every form of the portal has it."""
    return FilesField(
        label=label,
        required=False,
        widget=ManyFiles(attrs={"accept": ACCEPTED}),
        help_text=gettext_lazy("最多 6 个，每个 10 MB 以内。请不要拍到别人的脸和车牌；照片里的拍摄地点会自动去掉。"),
    )


def made_ready(files: Iterable[UploadedFile[bytes]]) -> list[Ready]:
    """The files cleaned, pictures without what a phone wrote into them. Raises UploadRefused."""
    return [ready(each.name or "", each.read()) for each in files]
