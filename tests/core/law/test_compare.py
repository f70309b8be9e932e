import time
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from lvzhi.core import law
from lvzhi.core.law.compare import align, pieces
from tests.core.law.samples import RULES, rules


def edited(*changes: tuple[str, str]) -> law.Document:
    text = RULES
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return law.parse(text)


def notes(new: law.Document) -> list[str]:
    return [row.note for row in law.compare(rules(), new)]


def test_a_text_compared_with_itself_has_not_changed():
    assert set(notes(rules())) == {"未修改。"}


def test_what_was_renumbered_and_changed_is_said_in_one_sentence():
    new = edited(
        ("第五条 本办法", "第六条 本办法"),
        (
            "第四条 违反第三条第二款的，责令改正。",
            "第四条 河道两岸设立公示牌，写明责任人和电话。\n\n第五条 违反第三条第二款的，责令限期改正。",
        ),
    )

    assert notes(new) == [
        "未修改。", "未修改。", "未修改。", "未修改。", "新增。", "原第四条改为第五条，并修改。",
        "原第五条改为第六条，内容未修改。",
    ]  # fmt: skip


def test_what_was_deleted_stands_behind_what_stood_before_it():
    rows = law.compare(rules(), edited(("第三条之一 违反前条第一款第（二）项规定的，依照本办法第四条处理。\n\n", "")))

    assert [(row.change, (row.new or row.old)[0].label) for row in rows][2:4] == [
        (law.Change.SAME, "第三条"), (law.Change.DELETED, "第三条之一"),
    ]  # fmt: skip


def test_only_the_words_that_changed_are_marked():
    found = pieces("应当在十日以内答复申请人。", "应当在十日以内书面答复申请人。")

    assert [(piece.mark, piece.text) for piece in found] == [
        ("same", "应当在十日以内"), ("inserted", "书面"), ("same", "答复申请人。"),
    ]  # fmt: skip


def test_an_item_that_is_inserted_shows_as_an_item():
    found = pieces(
        "应当：\n（一）巡查河道；\n（二）记录情况。", "应当：\n（一）巡查河道；\n（二）清理漂浮物；\n（三）记录情况。"
    )

    assert [(piece.mark, piece.text) for piece in found] == [
        ("same", "应当：\n（一）巡查河道；\n"), ("inserted", "（二）清理漂浮物；\n"), ("same", "（"), ("deleted", "二"),
        ("inserted", "三"), ("same", "）记录情况。"),
    ]  # fmt: skip


def test_a_text_that_repeats_itself_without_end_is_compared_in_time():
    random = Random(1)
    old, new = ("".join(random.choice(["应当。", "可以。"]) for _ in range(12_000)) for _ in range(2))
    begun = time.process_time()

    pieces(old, new)

    assert time.process_time() - begun < 2


def test_how_a_mark_is_typed_is_no_change():
    assert {piece.mark for piece in pieces("应当:(一)报告;", "应当：（一）报告；")} == {"same"}


WORDS = st.lists(
    st.sampled_from(["区", "政府", "应当", "在", "三十", "日", "内", "报告", "，", "。", "人大", "不得", "\n"]),
    max_size=60,
).map("".join)


@given(WORDS, WORDS)
def test_the_pieces_give_both_texts_back(old, new):
    found = pieces(old, new)

    assert "".join(piece.text for piece in found if piece.mark != "inserted") == old
    assert "".join(piece.text for piece in found if piece.mark != "deleted") == new


@given(st.lists(WORDS, max_size=12), st.lists(WORDS, max_size=12))
def test_every_article_stands_in_exactly_one_link(old, new):
    links = align(old, new)

    assert sorted(at for link in links for at in link.old) == list(range(len(old)))
    assert sorted(at for link in links for at in link.new) == list(range(len(new)))


PENALTIES = [
    "运营单位未按规定公布停车收费标准的，由发展改革部门责令改正，处一千元罚款。",
    "运营单位擅自停用无障碍车位的，由残疾人联合会督促改正，拒不改正的，由城市管理部门处三千元罚款。",
    "发起设立停车协会，应当由十名以上运营单位共同签署章程，并报民政部门登记。",
]
MORE = [
    "路侧停车泊位由公安交通管理部门施划，五年评估一次。",
    "住宅小区可以在夜间开放周边停车场，价格由双方约定。",
    "市政府建立停车数据平台，汇总空余车位并向社会开放。",
]


def went(old: list[str], new: list[str]) -> dict[tuple[int, ...], tuple[int, ...]]:
    return {link.old: link.new for link in align(old, new)}


def test_a_weak_pair_in_order_gives_way_to_a_strong_one_out_of_order():
    near = "运营单位未按规定上传停车数据的，由城市管理部门责令改正，处二千元罚款。"
    far = PENALTIES[0].replace("一千元", "五千元")

    found = went([PENALTIES[0], *MORE], [near, *MORE, far])

    assert found[(0,)] == (4,)
    assert found[()] == (0,)


def test_articles_most_alike_to_one_another_are_a_pair_also_out_of_order():
    rewritten = "停车协会由十名以上运营单位自愿设立，章程由全体会员表决，登记后每年公开收支。"

    assert went([PENALTIES[2], *MORE], [*MORE, rewritten])[(0,)] == (3,)


def test_an_article_written_out_at_length_is_not_lost_to_a_short_one_like_it():
    old = "市政府可以根据停车改革的需要，决定在部分街道暂时调整停车收费规定。"
    grown = (
        old
        + "试点期限不超过两年。"
        + "试点期满前三个月，由发展改革部门会同公安机关评估效果，提出延长、推广或者终止的意见，报市政府决定。"
    )
    like = "区政府可以根据停车改革的需要，决定在部分街道暂时调整停车泊位规定。"

    assert went([old, *MORE], [grown, *MORE, like])[(0,)] == (0,)


BOTH = "停车费由运营单位收取，并且应当开具票据。欠费满三个月的，由城市管理部门催缴，仍不缴的依法申请强制执行。"
FIRST = "停车费由运营单位收取，并且应当开具票据。"
SECOND = "欠费满三个月的，由城市管理部门追缴，仍不缴的依法申请强制执行。"


def test_an_article_that_became_two_is_split_and_two_that_became_one_are_merged():
    assert went([MORE[0], BOTH, MORE[1]], [MORE[0], FIRST, SECOND, MORE[1]])[(1,)] == (1, 2)
    assert went([MORE[0], FIRST, SECOND, MORE[1]], [MORE[0], BOTH, MORE[1]])[(1, 2)] == (1,)


def chaptered(*chapters: tuple[str, str]) -> law.Document:
    articles = "".join(f"## {chapter}\n\n{text}\n\n" for chapter, text in chapters)
    return law.parse(f"# 停车办法\n\n<!-- INFO END -->\n\n{articles}")


def test_the_note_says_that_articles_were_merged_or_split_or_went_to_another_chapter():
    old = chaptered(
        ("第一章 总则", f"第一条 {MORE[0]}\n\n第二条 {PENALTIES[0]}"),
        ("第二章 罚则", f"第三条 {MORE[1]}\n\n第四条 {MORE[2]}"),
    )
    new = chaptered(
        ("第一章 总则", f"第一条 {MORE[0]}"),
        ("第二章 罚则", f"第二条 {MORE[1]}\n\n第三条 {MORE[2]}\n\n第四条 {PENALTIES[0]}"),
    )

    assert [row.note for row in law.compare(old, new)][-1] == "原第二条改为第四条，由“总则”移至“罚则”，内容未修改。"

    whole, parts = (
        chaptered(("第一章 总则", f"第一条 {BOTH}")),
        chaptered(("第一章 总则", f"第一条 {FIRST}\n\n第二条 {SECOND}")),
    )
    assert [(row.change, row.note) for row in law.compare(parts, whole)] == [
        (law.Change.MERGED, "原第一条、第二条合并为第一条，并修改。")
    ]
    assert [row.note for row in law.compare(whole, parts)] == ["原第一条分为第一条、第二条，并修改。"]


def test_a_short_article_written_out_at_length_elsewhere_is_found():
    short = "欠费满三个月的，由城市管理部门催缴。"
    long = (
        "停车欠费数据应当汇总到市停车平台，平台每月向车主推送提示。"
        + short
        + "车主对欠费有异议的，可以向运营单位申请核查，运营单位七日内答复。"
    )

    assert went([short, *MORE], [*MORE, long])[(0,)] == (3,)


def test_what_is_left_between_two_certain_pairs_is_one_when_it_is_a_little_alike():
    old = "停车管理坚持政府主导、有偿使用。"
    new = "停车管理坚持社会共治、资源共享和政府引导，保障公众知情。"

    assert went([MORE[0], old, MORE[1]], [MORE[0], new, MORE[1]])[(1,)] == (1,)


def test_a_lone_character_between_two_changes_is_part_of_the_change():
    found = pieces("甲方由乙方办理。", "丙方由丁方办理。")

    assert [(piece.mark, piece.text) for piece in found] == [
        ("deleted", "甲方由乙方"), ("inserted", "丙方由丁方"), ("same", "办理。"),
    ]  # fmt: skip


def test_very_long_texts_are_compared_by_sentences():
    random = Random(2)
    old = "".join(f"第{random.randrange(10**6)}号泊位由{random.choice('甲乙丙丁')}街道管理。" for _ in range(1500))
    new = old.replace("丁街道管理。", "丁街道代管。", 1)

    found = pieces("旧文。" + old + "完", "新文。" + new + "毕")

    changed = [piece.text for piece in found if piece.mark == "inserted"]
    assert changed[0] == "新文。"
    assert changed[1].startswith("第")
    assert changed[1].endswith("号泊位由丁街道代管。")


def test_an_article_that_stayed_takes_nothing_from_one_that_was_rewritten():
    stays = (
        "从事武装守护押运的保安员的枪支培训，由人民警察院校负责。院校应当向所在地的公安机关备案，提交培训计划和材料。"
    )
    old = "从事保安培训的单位，应当向所在地的公安机关提交申请书和材料。公安机关应当进行审核，对符合条件的核发许可证。"
    new = "从事保安培训的单位，应当自开展培训之日起三十日内向所在地的公安机关备案，提交材料。"

    assert {link.old: link.new for link in align([old, stays], [new, stays])} == {(0,): (0,), (1,): (1,)}


def test_an_article_that_stands_twice_is_paired_in_order():
    twice, other = "本章自公布之日起施行。", "罚款由县级以上人民政府决定。"

    links = align([twice, other, twice], [twice, twice, other])

    assert sorted(link.old for link in links if link.old) == [(0,), (1,), (2,)]
    assert {link.old: link.new for link in links}[(0,)] == (0,)


def test_a_thousand_articles_of_which_few_changed_are_compared_in_no_time():
    random = Random(5)
    words = [f"{a}{b}" for a in "设备道路河流学校医院公园市场车站" for b in "管理检查登记备案收费维修更新"]
    old = ["".join(random.choice(words) for _ in range(40)) for _ in range(1200)]
    new = [text[:20] + "依法及时" + text[24:] if place % 20 == 0 else text for place, text in enumerate(old)]

    began = time.process_time()
    links = align(old, new)

    assert time.process_time() - began < 1.5
    assert [(link.old, link.new) for link in links] == [((place,), (place,)) for place in range(1200)]
