"""Text from outside: readable whatever it was written with, and without hidden signs."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvzhi.core.upload import UploadRefused, clean_name, clean_text, csv_safe, looks_like_formula, read_text

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
HIDDEN = BIDI + "\u200b\u2060\ufeff\x00\x1b\U000e0041"
LETTER = "云麓区人大常委会：\r\n养老驿站关门太早。\r谢谢"
READ = "云麓区人大常委会：\n养老驿站关门太早。\n谢谢"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb2312", "gb18030"])
def test_a_letter_reads_the_same_in_every_usual_encoding(encoding):
    assert read_text(LETTER.encode(encoding)) == READ


@pytest.mark.parametrize("data", [b"\x00\x01", b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n\x00", bytes(range(128, 256))])
def test_binary_data_is_not_taken_for_text(data):
    with pytest.raises(UploadRefused, match="纯文本"):
        read_text(data)


@pytest.mark.parametrize("page", ["<html>", " <svg onload=a>", "<!DOCTYPE html>", "<?xml version='1.0'?>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_page_is_not_taken_for_text(page, encoding):
    with pytest.raises(UploadRefused, match="网页"):
        read_text(page.encode(encoding))


@given(st.binary(max_size=400))
def test_reading_random_bytes_gives_text_or_a_refusal(data):
    try:
        text = read_text(data)
    except UploadRefused:
        text = ""

    assert "\r" not in text


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(HIDDEN + "\u200d\u180e👩👧️ᠠe\u0301")), max_size=80))
def test_no_hidden_sign_survives_and_cleaning_twice_changes_nothing(text):
    clean = clean_text(text, 1000)

    assert not set(HIDDEN) & set(clean)
    assert all(c in "\t\n" or unicodedata.category(c) not in ("Cc", "Cs") for c in clean)
    assert unicodedata.is_normalized("NFC", clean)
    assert clean_text(clean, 1000) == clean


@pytest.mark.parametrize("emoji", ["👍", "👩‍👧", "🏳️‍🌈", "👍🏽", "❤️", "🇨🇳", "1️⃣"])
def test_emoji_are_kept_whole(emoji):
    assert clean_text(f"谢谢{emoji}！", 100) == f"谢谢{emoji}！"


def test_a_joiner_outside_an_emoji_is_dropped():
    assert clean_text("养\u200d老", 100) == "养老"


def test_letters_of_mongolian_uyghur_and_tibetan_are_kept():
    text = "ᠪᠠᠶᠢᠨ᠎ᠠ ئۇيغۇرچە བོད་ཡིག"

    assert clean_text(text, 100) == unicodedata.normalize("NFC", text)


def test_a_text_that_is_too_long_says_by_how_much():
    with pytest.raises(UploadRefused) as caught:
        clean_text("一二三四五\u200b", 3)

    assert str(caught.value) == "最多写 3 个字，现在有 5 个字，请删去 2 个字。"


@pytest.mark.parametrize(
    "value", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1", "%x", "|x", "-", "\n=1"]
)
def test_a_formula_is_shown_as_text_in_an_export(value):
    assert looks_like_formula(value)
    assert csv_safe(value) == "'" + value


@pytest.mark.parametrize("value", ["", "养老", "-12.5", "+3", "-1,284.00", "12%", "3-5号楼", "a=b"])
def test_ordinary_cells_and_numbers_are_left_alone(value):
    assert csv_safe(value) == value


@given(st.text())
def test_an_exported_cell_never_begins_as_a_formula(value):
    safe = csv_safe(value)

    assert safe.endswith(value)
    assert not looks_like_formula(safe)


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("C:\\a\\报告.pdf", "报告.pdf"),
        ("../../x.txt", "x.txt"),
        ("\u202e报告\n.docx", "报告.docx"),
        ("...", "未命名"),
        ("长" * 300 + ".docx", "长" * 115 + ".docx"),
    ],
)
def test_a_shown_name_has_no_folders_and_keeps_its_extension(given_name, shown):
    assert clean_name(given_name) == shown
