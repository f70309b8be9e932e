"""Pictures: judged by their header before any pixel is unpacked, and cleaned before they are shown.

A phone writes where and when a picture was taken, and by which device; someone who reports a
grievance must not be found through it. Cleaning decodes and encodes the picture anew, so
nothing but pixels survives. Pillow is imported on first use: a web process that only shows
pages does not pay for it.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from lvzhi.core.upload.kinds import NAMES, Kind
from lvzhi.core.upload.refusal import UploadRefused

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = {Kind.JPEG: 60_000_000, Kind.PNG: 30_000_000, Kind.WEBP: 30_000_000}
"""JPEG may be larger because it is decoded at reduced scale; the others need four bytes a pixel."""
MAX_SIDE = 4_096
"""Pixels of the longer side after cleaning: enough to read a photographed A4 page."""


def check_image(data: BinaryIO, kind: Kind) -> tuple[int, int]:
    """The width and height in pixels as stored, from the header alone.

    Raises UploadRefused: 'too_many_pixels' or 'damaged'.
    """
    with _opened(data, kind) as picture:
        return picture.width, picture.height


def clean_image(data: BinaryIO, kind: Kind) -> bytes:
    """The picture encoded anew: upright, at most MAX_SIDE on its longer side, without metadata.

    EXIF, GPS, XMP, ICC profiles, comments, thumbnails, further frames and trailing bytes are
    gone. Colours are not converted from the profile: phones use sRGB or a near relative.
    Raises UploadRefused: 'too_many_pixels' or 'damaged'; ValueError when `kind` is no picture.
    """
    from PIL import ImageOps

    with _opened(data, kind) as opened:
        if kind is Kind.JPEG:
            # The decoder halves until just above what is asked for; asking for two thirds keeps a
            # 48-megapixel photo from being unpacked in full.
            opened.draft("RGB", (MAX_SIDE * 2 // 3, MAX_SIDE * 2 // 3))
        opened.thumbnail((MAX_SIDE, MAX_SIDE))
        ImageOps.exif_transpose(opened, in_place=True)
        return _encoded(_plain(opened, kind), kind)


@contextmanager
def _opened(data: BinaryIO, kind: Kind) -> "Iterator[Image]":
    """Open with the one decoder of the kind; every failure of the decoder becomes a refusal."""
    from PIL import Image, ImageFile

    if kind not in MAX_PIXELS:
        raise ValueError(kind)
    # Laying out a PDF lets half pictures pass in the whole process: WeasyPrint turns this on when it is imported.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    data.seek(0)
    try:
        with warnings.catch_warnings():
            # Pillow warns from 89 million pixels on; our own lower limit refuses before that.
            warnings.simplefilter("ignore")
            with Image.open(data, formats=[kind.value]) as picture:
                if picture.width * picture.height > MAX_PIXELS[kind]:
                    raise _too_many_pixels(kind)
                yield picture
    except UploadRefused:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(kind) from error
    except Exception as error:
        # Pillow's decoders let through whatever a damaged file provokes: OSError, SyntaxError,
        # ValueError, struct.error, EOFError and more.
        chinese, english = NAMES[kind]
        raise UploadRefused("damaged", kind_zh=chinese, kind_en=english) from error


def _too_many_pixels(kind: Kind) -> UploadRefused:
    limit = MAX_PIXELS[kind]
    return UploadRefused("too_many_pixels", limit_zh=f"{limit // 10_000} 万", limit_en=f"{limit // 1_000_000} million")


def _plain(picture: "Image", kind: Kind) -> "Image":
    """A copy that holds pixels only, in a mode the encoder of the kind writes."""
    from PIL import Image

    see_through = kind is not Kind.JPEG and (picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info)
    mode = "RGBA" if see_through else "L" if picture.mode in ("1", "L") else "RGB"
    converted = picture.convert(mode)
    fresh = Image.new(mode, converted.size)
    fresh.paste(converted)
    return fresh


def _encoded(picture: "Image", kind: Kind) -> bytes:
    out = BytesIO()
    if kind is Kind.JPEG:
        picture.save(out, "JPEG", quality=88, optimize=True)
    elif kind is Kind.PNG:
        picture.save(out, "PNG", optimize=True)
    else:
        picture.convert("RGBA" if picture.mode == "RGBA" else "RGB").save(out, "WEBP", quality=88)
    return out.getvalue()
