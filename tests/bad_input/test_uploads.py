"""Files through every door: what may not come in is refused with a sentence, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st
from PIL import Image

from lvzhi.core.upload import Checked, UploadRefused, inspect
from lvzhi.records.documents.models import Attachment
from lvzhi.records.documents.store import place_of
from tests.bad_input import files
from tests.bad_input.conftest import Place, complaint, counts, once, unclean

REFUSED = files.refused()
Door = tuple[str, str, str, dict[str, str]]


def doors(place: Place) -> dict[str, Door]:
    """Who sends a file where, under which name, with which other fields."""
    told = {"once": once(), "subject": "站台太暗", "text": "听泉路的站台晚上太暗，看不清车牌。"}
    return {
        "portal": ("visitor", "/opinions/new", "photos", told),
        "desk": ("linzhiyuan", f"/desk/matters/{place.fresh.pk}/attach/", "file", {}),
        "people": ("deputyoffice", "/desk/people/import/", "file", {"kind": "people"}),
    }


def send(place: Place, door: str, name: str, data: bytes, media_type: str = "image/jpeg") -> Any:
    """Send one file through a door."""
    who, url, field, other = doors(place)[door]
    return place.client(who).post(url, {**other, field: SimpleUploadedFile(name, data, media_type)})


def stored_files() -> set[Path]:
    """Every file in the installation's own folder."""
    return {path for path in (Path(settings.HOME) / "files").rglob("*") if path.is_file()}


@pytest.mark.parametrize("what", REFUSED)
def test_what_may_not_come_in_is_refused_with_a_sentence(place: Place, what: str) -> None:
    name, data = REFUSED[what]
    before, lying = counts(), stored_files()
    for door in ("portal", "desk", "people"):
        response = send(place, door, name, data)

        assert 400 <= response.status_code < 500, door
        assert complaint(response) == "", door
        assert counts() == before, door
    assert stored_files() == lying


@pytest.mark.parametrize("door", ["portal", "desk"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_stored_without_its_place_and_device(place: Place, door: str, kind: str) -> None:
    data = files.photo_with_place(kind)
    assert Image.open(BytesIO(data)).getexif().get_ifd(0x8825)

    response = send(place, door, f"照片.{kind.lower()}", data)

    assert response.status_code in (302, 303)
    row = Attachment.objects.of(place.district.congress).get()
    stored = place_of(row.sha256).read_bytes()
    assert not Image.open(BytesIO(stored)).getexif()
    for trace in (b"Exif", b"GPS", b"HUAWEI", b"secret", b"2026:06:08"):
        assert trace not in stored


@pytest.mark.parametrize("door", ["portal", "desk"])
@pytest.mark.parametrize("what", files.NAMES)
def test_a_strange_name_is_stored_as_a_plain_one(place: Place, door: str, what: str) -> None:
    name, becomes = files.NAMES[what]

    response = send(place, door, name, files.GOOD_PDF)

    assert complaint(response) == ""
    for row in Attachment.objects.of(place.district.congress):
        assert row.name.endswith(".pdf")
        assert len(row.name) <= 120
        assert not set(row.name) & set('/\\"<>\r\n')
        assert becomes in (None, row.name)
        page = place.client("linzhiyuan").get(f"/desk/files/{row.pk}")
        assert "\n" not in page.headers["Content-Disposition"]
        assert page.headers["Content-Disposition"].startswith("attachment")
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["Content-Type"] == "application/pdf"
        assert b"".join(page.streaming_content) == files.GOOD_PDF
    assert unclean() == []


def test_a_file_without_a_name_is_no_file(place: Place) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\nabc\r\n--b--\r\n'
    before = counts()

    response = place.client("linzhiyuan").post(
        f"/desk/matters/{place.fresh.pk}/attach/", body, content_type="multipart/form-data; boundary=b"
    )

    assert response.status_code == 422
    assert complaint(response) == ""
    assert counts() == before


def test_one_bad_file_among_good_ones_keeps_the_whole_opinion_out(place: Place) -> None:
    *_rest, told = doors(place)["portal"]
    good = SimpleUploadedFile("好.pdf", files.GOOD_PDF, "application/pdf")
    bad = SimpleUploadedFile("坏.jpg", files.picture()[:2500], "image/jpeg")
    before = counts()

    response = place.client("visitor").post("/opinions/new", {**told, "photos": [good, bad]})

    assert response.status_code == 400
    assert complaint(response) == ""
    assert counts() == before


def test_too_many_files_are_refused_with_a_sentence(place: Place) -> None:
    *_rest, told = doors(place)["portal"]
    before = counts()
    for many in (7, 150):
        sent = [SimpleUploadedFile(f"{n}.pdf", files.GOOD_PDF, "application/pdf") for n in range(many)]

        response = place.client("visitor").post("/opinions/new", {**told, "photos": sent})

        assert response.status_code == 400
        assert complaint(response) == ""
    assert counts() == before


@pytest.mark.parametrize("door", ["portal", "desk", "people"])
def test_a_file_that_is_too_large_is_refused_before_it_is_read_whole(
    place: Place, door: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole: list[str] = []

    def reader(self: TemporaryUploadedFile) -> Any:
        def read(size: int = -1) -> bytes:
            if size < 0:
                whole.append(str(self.name))
            return bytes(self.file.read(size))

        return read

    monkeypatch.setattr(TemporaryUploadedFile, "read", property(reader), raising=False)
    before = counts()

    response = send(place, door, "大.csv" if door == "people" else "大.pdf", b"%PDF-" + b"0" * (21 * files.MEGABYTE))

    assert 400 <= response.status_code < 500
    assert complaint(response) == ""
    assert whole == []
    assert counts() == before


def _mangled() -> Iterator[bytes]:
    yield from (data for _name, data in REFUSED.values() if len(data) < files.MEGABYTE)
    yield from (files.GOOD_PDF, files.word(), files.picture("PNG"), files.photo_with_place())


@budget(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    data=st.sampled_from(list(_mangled())) | st.binary(max_size=600),
    cut=st.integers(0, 4000),
    flips=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=6),
    name=st.sampled_from(["a.pdf", "a.docx", "a.xlsx", "a.jpg", "a.png", "a.webp", "a.doc", "a.ofd", "a.txt", "a.csv"]),
)
def test_whatever_the_bytes_are_a_file_is_taken_or_refused(
    data: bytes, cut: int, flips: list[tuple[int, int]], name: str
) -> None:
    changed = bytearray(data[: len(data) - cut] or data)
    for place, value in flips:
        changed[place % max(1, len(changed)) : place % max(1, len(changed)) + 1] = bytes([value])
    found: Checked | str
    try:
        found = inspect(name, BytesIO(bytes(changed)), 20 << 20)
    except UploadRefused as refusal:
        found = str(refusal)

    assert found


def test_half_a_picture_is_refused_also_after_a_paper_was_laid_out(place: Place) -> None:
    from PIL import ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = True  # what importing WeasyPrint does
    before = counts()

    response = send(place, "portal", "图.jpg", files.picture()[:2500])

    assert response.status_code == 400
    assert counts() == before
