"""Reading a law: the text whole, its editions, what it cites, and who cites it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lvzhi.core import law
from lvzhi.work.statutes import actions, queries
from tests.faces.portal.law.conftest import FILING, OLD_FILING, RULES, TO_COME, address, page
from tests.fixtures.district import NOW
from tests.fixtures.statutes import RULES_2024, Statutes

MAIN = re.compile(r'<article class="law".*?</article>', re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


def words_of(html: str) -> str:
    """The words of the text on a page, without white space."""
    found = MAIN.search(html)
    assert found, html
    return re.sub(r"\s+", "", TAGS.sub("", found[0]))


def test_the_newest_edition_in_force_is_shown_whole(statutes: Statutes, client: Client) -> None:
    shown = words_of(page(client, address(RULES)))

    for line in RULES_2024.removeprefix("# ").splitlines():
        assert re.sub(r"\s+", "", line) in shown


def test_every_unit_has_an_address_on_the_page(statutes: Statutes, client: Client) -> None:
    html = page(client, address(RULES))

    for eid in ("art_1", "art_3", "art_3__para_1", "art_3__para_2", "art_5"):
        assert f'id="{eid}"' in html


def test_the_banner_says_how_the_edition_stands_and_why(statutes: Statutes, client: Client) -> None:
    assert "现行有效" in page(client, address(RULES))
    old = page(client, address(RULES, "@2018-03-01/"))
    assert "已被修改" in old
    assert "2018年4月1日起施行，2024年7月1日起被修改后的文本代替。" in old
    assert "看现在的版本" in old
    repealed = page(client, address(OLD_FILING))
    assert "已经废止" in repealed
    assert f"2022年10月1日起废止，见《{FILING}》。" in repealed
    to_come = page(client, address(TO_COME))
    assert "还没有施行" in to_come
    assert "2027年1月1日起施行" in to_come


@pytest.mark.parametrize(
    ("asked", "rest"),
    [
        ({"edition": "2018-03-01"}, "@2018-03-01/"),
        ({"edition": "2024-06-20", "diff": "1"}, "@2024-06-20/?diff=1"),
        ({"on": "2020-05-01"}, "@2018-03-01/?on=2020-05-01"),
        ({"on": "2025-05-01"}, "@2024-06-20/?on=2025-05-01"),
        ({"on": "2010-01-01"}, "@2018-03-01/?on=2010-01-01"),
    ],
)
def test_a_day_or_an_edition_leads_to_its_text(
    statutes: Statutes, client: Client, asked: dict[str, str], rest: str
) -> None:
    assert client.get(address(RULES), asked).headers["Location"] == address(RULES, rest)


def test_a_day_before_the_first_edition_is_told(statutes: Statutes, client: Client) -> None:
    html = page(client, address(RULES, "@2018-03-01/"), on="2010-01-01")

    assert "按 2010年1月1日 这一天看：" in html
    assert "还没有施行" in html


def test_an_article_is_reached_by_its_number(statutes: Statutes, client: Client) -> None:
    for typed in ("3", "第三条", "三"):
        there = client.get(address(RULES, "@2024-06-20/"), {"article": typed}).headers["Location"]
        assert there == address(RULES, "@2024-06-20/#art_3")
    assert "这一版没有第 99 条。" in page(client, address(RULES, "@2024-06-20/"), article="99")


@pytest.mark.parametrize("typed", ["<script>", "第条", "9" * 12, "第\u0000条"])
def test_what_is_no_number_is_shown_as_typed_and_nothing_else(statutes: Statutes, client: Client, typed: str) -> None:
    assert "<script>。" not in page(client, address(RULES, "@2024-06-20/"), article=typed)


def test_citations_lead_to_the_unit_they_mean(statutes: Statutes, client: Client) -> None:
    own = page(client, address(RULES))
    assert '<a class="ref" href="#art_3__para_2">本规则第三条第二款</a>' in own
    other = page(client, address(FILING))
    assert f'href="{address(RULES, "@2018-03-01/art_3")}"' in other


def test_a_citation_of_a_law_that_is_not_held_leads_to_a_page_that_says_so(statutes: Statutes, client: Client) -> None:
    html = page(client, address(RULES))
    found = re.search(r'<a class="ref" href="(/law/[^"]+art_3)">《中华人民共和国各级', html)
    assert found

    there = client.get(found[1]).content.decode()

    assert "《监督法》第三条" in there
    assert "本库没有收录这部法的文本" in there
    preview = client.get(found[1], {"part": "preview"}).content.decode()
    assert "《监督法》第三条" in preview
    assert "<html" not in preview


def test_a_broken_citation_is_told_where_it_leads(statutes: Statutes, client: Client) -> None:
    html = page(client, address(FILING))
    found = re.search(r'href="([^"]+art_9\?as=unit_missing)"', html)
    assert found

    answer = client.get(found[1])

    assert answer.status_code == 404
    assert "引用的条款，在当时有效的版本里没有找到，请核对条号。" in answer.content.decode()


def test_how_often_an_article_is_cited_stands_below_it_and_its_page_names_who(
    statutes: Statutes, client: Client
) -> None:
    assert "被引用 1 处" in page(client, address(RULES))

    unit = page(client, address(RULES, "@2024-06-20/art_3"))

    assert f"《{FILING}》第一条" in unit


def test_a_unit_has_a_page_with_its_label_its_neighbours_and_what_it_was(statutes: Statutes, client: Client) -> None:
    html = page(client, address(RULES, "@2024-06-20/art_3__para_2"))

    assert f"《{RULES}》（2024）第三条第二款" in html
    assert 'data-here="art_3__para_2"' in html
    assert address(RULES, "@2024-06-20/art_2") in html
    assert address(RULES, "@2024-06-20/art_4") in html
    assert "原第二条改为第三条，内容未修改。" in html
    assert f'data-copy="《{RULES}》（2024）第三条第二款"' in html


def test_a_unit_without_a_day_is_that_of_the_edition_in_force(statutes: Statutes, client: Client) -> None:
    assert "民主集中制" in page(client, address(RULES, "art_2"))


def test_a_preview_is_a_piece_of_a_page(statutes: Statutes, client: Client) -> None:
    response = client.get(address(RULES, "@2024-06-20/art_3__para_2"), {"part": "preview"})
    html = response.content.decode()

    assert "会议由主任召集并主持。" in html
    assert "每两个月" not in html
    assert "<html" not in html
    assert response.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "rest",
    [
        "art_99",
        "@2024-06-20/art_99",
        "@1999-01-01/",
        "@2024-99-99/",
        "@2024-06-20/print/x",
        "compare/2018-03-01..2020-01-01",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(statutes: Statutes, client: Client, rest: str) -> None:
    assert client.get(address(RULES, rest)).status_code == 404


def test_a_name_nobody_knows_is_not_found_and_named_only_when_it_could_be_a_law(
    statutes: Statutes, client: Client
) -> None:
    law = client.get(address("云麓区不存在的办法", "art_3"))
    assert law.status_code == 404
    assert "《云麓区不存在的办法》第三条" in law.content.decode()
    nonsense = client.get(address("打电话给我"))
    assert nonsense.status_code == 404
    assert "打电话给我" not in nonsense.content.decode()


def test_a_law_is_found_by_its_whole_title_too(statutes: Statutes, client: Client) -> None:
    title = f"中华人民共和国{RULES}"

    assert client.get(address(title, "art_3")).headers["Location"] == address(RULES, "art_3")


def test_changes_can_be_marked_in_the_text(statutes: Statutes, client: Client) -> None:
    html = page(client, address(RULES, "@2024-06-20/"), diff="1")

    assert "<ins>" in html
    assert "原第二条改为第三条，内容未修改。" in html


def test_what_a_correction_replaces_is_no_longer_shown(statutes: Statutes, client: Client) -> None:
    page(client, address(FILING))
    work = statutes.work("备案审查办法")
    former = queries.editions_of(work)[0]
    mended = former.source.replace("会议程序", "会议的程序")
    edition = actions.correct(
        former, document=law.parse(mended, former.file_name), reason="漏了一个字", actor=statutes.keeper,
        at=NOW + timedelta(hours=1),
    )  # fmt: skip
    actions.publish(edition, actor=statutes.keeper, at=NOW + timedelta(hours=1))
    statutes.link()

    assert "备案审查的会议的程序" in words_of(page(client, address(FILING)))


def test_the_print_page_has_the_text_and_where_it_came_from(statutes: Statutes, client: Client) -> None:
    html = page(client, address(RULES, "@2024-06-20/print"))

    assert 'id="art_5"' in html
    assert f"《{RULES}》（2024）" in html
    assert f"http://testserver{address(RULES, '@2024-06-20/')}" in html


def test_the_size_of_letters_is_kept_in_a_cookie(statutes: Statutes, client: Client) -> None:
    client.post(reverse("design:look"), {"text": "larger", "next": address(RULES)})

    assert 'data-size="larger"' in page(client, address(RULES))


@pytest.mark.parametrize(
    ("rest", "most"),
    [
        ("", 3),
        ("@2024-06-20/", 3),
        ("@2024-06-20/print", 3),
        ("art_3", 3),
        ("art_3?part=preview", 5),
        ("art_3?part=notes", 7),
        ("?on=2025-01-01", 3),
        ("@2024-06-20/?on=2025-01-01", 6),
        ("cited/", 4),
    ],
)
def test_a_page_asks_the_database_few_times(
    statutes: Statutes, client: Client, django_assert_max_num_queries: Any, rest: str, most: int
) -> None:
    client.get(address(RULES, rest))

    with django_assert_max_num_queries(most):
        client.get(address(RULES, rest))


def test_nothing_of_a_text_can_speak_to_the_browser(statutes: Statutes, client: Client) -> None:
    statutes.publish(
        "# 云麓区<b>示范</b>规则\n\n2025年3月1日 云麓区第八届人民代表大会常务委员会第二十五次会议通过\n\n"
        '第一条 <script>alert(1)</script>本规则所称"<i>甲</i>"，是指<img src=x>。\n\n第二条 按照第一条办理。\n'
    )
    statutes.link()
    slug = statutes.work("示范《/b》规则").slug

    for html in (page(client, address(slug)), page(client, address(slug, "art_1")), page(client, "/law/", q="示范")):
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "<i>甲" not in html


def test_a_day_whose_text_is_not_held_is_told_from_one_before_the_law(statutes: Statutes, client: Client) -> None:
    statutes.publish(
        "# 云麓区河道保洁办法\n\n2001年5月6日 云麓区第三届人民代表大会常务委员会第二十二次会议通过\n\n"
        "2020年3月1日 云麓区第七届人民代表大会常务委员会第三十次会议修订\n\n第一条 河道应当整洁。\n\n"
        "第二条 本办法自2020年4月1日起施行。\n"
    )

    between = page(client, address("云麓区河道保洁办法", "@2020-03-01/"), on="2010-01-01")
    before = page(client, address("云麓区河道保洁办法", "@2020-03-01/"), on="1990-01-01")

    assert "这部法那时已经施行，但是那一天有效的文本本库没有收录；这里是2020年4月1日起施行的文本。" in between
    assert "2020年4月1日起施行，在这以前按旧的规定办。" in before


def test_a_preamble_has_a_heading_and_a_table_its_rows(statutes: Statutes, client: Client) -> None:
    statutes.publish(
        "# 云麓区示范决议\n\n2025年4月1日 云麓区第八届人民代表大会常务委员会第二十六次会议通过\n\n<!-- INFO END -->\n\n"
        "序 言\n\n云麓因山得名。\n\n第一条 收费标准如下：\n\n| 项目 | 标准 |\n|---|---|\n| 甲 | 一元 |\n\n"
        "第二条 本决议自公布之日起施行。\n"
    )
    html = page(client, address("云麓区示范决议"))

    assert re.search(r'<h2 class="law__h">序 ?言</h2>', html)
    assert "<td>一元</td>" in html


def test_marking_changes_leaves_the_citations_as_links(statutes: Statutes, client: Client) -> None:
    html = page(client, address(RULES, "@2024-06-20/"), diff="1")
    article = html[html.index('id="art_4"') : html.index('id="art_5"')]

    # 本规则第二条第二款 became 本规则第三条第二款: what went stands inside the link to what came.
    link = re.search(r'<a class="ref" href="#art_3__para_2">(.*?)</a>', article)
    assert link, article
    assert re.sub(r"<del>.*?</del>|<[^>]+>", "", link[1]) == "本规则第三条第二款"
    assert "<del>" in link[1]


def test_a_law_with_one_edition_has_no_line_of_time(statutes: Statutes, client: Client) -> None:
    assert "data-versions" in page(client, address(RULES))
    html = page(client, address(FILING))

    assert "data-versions" not in html
    assert "data-day" not in html
    assert "本库只收录了这一个版本。" in html


def test_a_repealed_law_leads_to_what_took_its_place(statutes: Statutes, client: Client) -> None:
    html = page(client, address(OLD_FILING))

    assert f'<a href="{address(FILING)}">看《{FILING}》</a>' in html


def test_a_unit_shows_what_it_said_before(statutes: Statutes, client: Client) -> None:
    html = page(client, address(RULES, "art_4"))
    before = html[html.index("看此前的条文") :]

    assert f'href="{address(RULES, "@2018-03-01/art_3")}"' in before
    assert "列席人员的范围，按照本规则<del>第二条</del>第二款的召集人决定。" in before


def test_what_an_article_was_is_told_of_a_law_of_any_length(
    statutes: Statutes, client: Client, django_assert_max_num_queries: Any
) -> None:
    def text(made: str, changed: str) -> str:
        articles = "\n\n".join(
            f"第{law.to_chinese(n)}条 第{n}号设施由{changed if n == 1000 else '甲'}单位管理，每{n % 7 + 2}年检查一次。"
            for n in range(1, 1101)
        )
        return f"# 云麓区设施管理办法\n\n{made}\n\n{articles}\n"

    first = "2019年5月6日 云麓区第七届人民代表大会常务委员会第二十次会议通过"
    statutes.publish(text(first, "甲"))
    statutes.publish(text(f"{first}\n\n2024年5月6日 云麓区第八届人民代表大会常务委员会第十九次会议修订", "乙"))
    statutes.link()
    place = address("云麓区设施管理办法", "art_1000")

    with django_assert_max_num_queries(12):
        html = page(client, place)

    assert "看此前的条文" in html
    assert "第1000号设施由<del>甲</del>单位管理" in html
    assert "看此前的条文" not in page(client, address("云麓区设施管理办法", "art_999"))


def test_a_chapter_has_a_page_with_its_text(statutes: Statutes, client: Client) -> None:
    statutes.publish(
        "# 云麓区分章办法\n\n2025年1月2日 云麓区第八届人民代表大会常务委员会第二十三次会议通过\n\n第一章 总则\n\n"
        "第一条 独角兽应当登记。\n\n第二章 附则\n\n第二条 本办法自2025年2月1日起施行。\n"
    )
    statutes.link()
    html = page(client, address("云麓区分章办法", "chp_1"))

    assert html.count("第一章 总则") + html.count("第一章</span> 总则") == 1
    assert "独角兽应当登记。" in html
    assert "本办法自2025年2月1日起施行。" not in html
    assert "data-copy-words" not in html


def test_a_unit_that_is_missing_is_named_with_the_last_there_is(statutes: Statutes, client: Client) -> None:
    response = client.get(address(RULES, "art_9"), {"as": "unit_missing"})

    assert response.status_code == 404
    assert "这一版没有第九条" in response.content.decode()
    assert "这一版最后一条是第五条。" in response.content.decode()
