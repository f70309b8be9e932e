"""Checks of bytes and text that come from outside: typed by content, refused with a sentence.

A caller stores a file only after `inspect`, shows a picture only after `clean_image`, stores
a form's text only after `clean_text`, and writes an export only through `csv_safe`.
"""

from lvzhi.core.upload.images import check_image, clean_image
from lvzhi.core.upload.inspection import Checked, inspect
from lvzhi.core.upload.kinds import EXTENSIONS, IMAGES, MEDIA_TYPES, TEXTS, Kind
from lvzhi.core.upload.refusal import UploadRefused, in_units, sentence
from lvzhi.core.upload.text import clean_name, clean_text, csv_safe, looks_like_formula, read_text

__all__ = [
    "EXTENSIONS",
    "IMAGES",
    "MEDIA_TYPES",
    "TEXTS",
    "Checked",
    "Kind",
    "UploadRefused",
    "check_image",
    "clean_image",
    "clean_name",
    "clean_text",
    "csv_safe",
    "in_units",
    "inspect",
    "looks_like_formula",
    "read_text",
    "sentence",
]
