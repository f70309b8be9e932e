"""The few files a citizen may send along: looked through before the opinion is taken in."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from lvzhi.core.upload import UploadRefused, in_units, inspect, sentence
from lvzhi.faces.design.deadlines import lang

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_FILES = 3
MOST_BYTES = 10 << 20
"""The largest file taken from the public, in bytes."""


class ManyFiles(forms.ClearableFileInput):
    """One control that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to three files, each judged by what it is and not by its name."""

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
