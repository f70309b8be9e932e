"""A cleaned picture shows the same thing and tells nothing about who took it."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from lvzhi.core.upload import Kind, UploadRefused, clean_image, images

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def photo(kind: Kind, orientation: int = 1) -> bytes:
    picture = Image.new("RGB", (40, 20), "white")
    picture.paste("black", (0, 0, 10, 20))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = "SecretPhone"
    exif.get_ifd(GPS)[1] = "N"
    out = BytesIO()
    if kind is Kind.PNG:
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", "SecretPhone")
        picture.save(out, "PNG", exif=exif, pnginfo=notes, icc_profile=b"SecretPhone")
    elif kind is Kind.JPEG:
        picture.save(out, "JPEG", exif=exif, comment=b"SecretPhone", icc_profile=b"SecretPhone", quality=95)
    else:
        picture.save(out, "WEBP", exif=exif, xmp=b"SecretPhone", quality=95)
    return out.getvalue() + b"SecretPhone"


@pytest.mark.parametrize("kind", [Kind.JPEG, Kind.PNG, Kind.WEBP])
def test_nothing_but_pixels_survives_cleaning(kind):
    dirty = photo(kind)

    clean = clean_image(BytesIO(dirty), kind)

    picture = Image.open(BytesIO(clean))
    assert b"SecretPhone" in dirty
    assert b"SecretPhone" not in clean
    assert dict(picture.getexif()) == {}
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(picture.info)


@pytest.mark.parametrize("kind", [Kind.JPEG, Kind.PNG, Kind.WEBP])
def test_a_picture_taken_sideways_is_turned_upright(kind):
    clean = clean_image(BytesIO(photo(kind, orientation=6)), kind)

    picture = Image.open(BytesIO(clean)).convert("L")
    assert picture.size == (20, 40)
    assert picture.getpixel((10, 2)) < 60
    assert picture.getpixel((10, 37)) > 200


def test_a_large_picture_is_made_smaller():
    out = BytesIO()
    Image.new("RGB", (6000, 3000), "white").save(out, "JPEG")

    clean = clean_image(out, Kind.JPEG)

    assert Image.open(BytesIO(clean)).size == (images.MAX_SIDE, images.MAX_SIDE // 2)


def test_transparency_is_kept_where_the_kind_has_it():
    out = BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(out, "PNG")

    assert Image.open(BytesIO(clean_image(out, Kind.PNG))).mode == "RGBA"


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "RGB"])
def test_every_mode_of_jpeg_and_png_can_be_cleaned(mode):
    out = BytesIO()
    kind = Kind.JPEG if mode == "CMYK" else Kind.PNG
    Image.new(mode, (4, 4)).save(out, kind.value)

    assert Image.open(BytesIO(clean_image(out, kind))).size == (4, 4)


@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from([Kind.JPEG, Kind.PNG, Kind.WEBP]),
    cut=st.integers(4, 900),
    noise=st.binary(max_size=300),
)
def test_a_damaged_picture_is_refused_and_never_breaks(kind, cut, noise):
    data = photo(kind)[:cut] + noise

    try:
        clean = clean_image(BytesIO(data), kind)
    except UploadRefused:
        clean = b""

    assert not clean or Image.open(BytesIO(clean)).width > 0
