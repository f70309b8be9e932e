"""Three papers of a made-up district, and the golden copies a clerk has read."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lvzhi.core.paper import Form, Number, Paper, body, heading1, heading2, heading3, item

GOLDEN = Path(__file__).parents[2] / "golden"
OFFICE = "明川市云麓区人大常委会办公室"
ISSUER = "明川市云麓区人民代表大会常务委员会办公室"


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare a text with its golden copy; UPDATE_GOLDEN=1 writes the copy anew."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("UPDATE_GOLDEN") == "1":
            path.write_text(text, "utf-8")
        assert text == path.read_text("utf-8")

    return check


@pytest.fixture
def notification_letter() -> Paper:
    """告知书: what becomes of a petition, to the petitioner (信访工作条例 2022-02-25 第二十三条)."""
    return Paper(
        issuer=ISSUER,
        number=Number("云人常办信告", 2026, 31),
        title="信访事项告知书",
        addressee="何女士",
        paragraphs=(
            body(
                "您2026年3月2日通过网上信箱提出的“清溪街道养老驿站下午四点半关门，接老人不方便”的"
                "信访事项，我们已于当日收到并登记，登记编号为XF-2026-0031。"
            ),
            body(
                "经审核，您反映的事项属于云麓区民政局的职权范围。根据《信访工作条例》第二十三条的规定，"
                "我们已于2026年3月9日将该事项转送云麓区民政局办理。请您留意该局的告知和答复。"
            ),
            body(
                "您可以凭登记编号在“履职”平台查询办理进展，也可以在工作日拨打0000-5550123咨询。"
                "我们会跟踪办理情况，并把这类问题作为选择监督议题的参考。"
            ),
            body("感谢您对人大工作的信任和支持。"),
        ),
        signature=OFFICE,
        dated=date(2026, 3, 9),
        form=Form.LETTER,
    )


@pytest.fixture
def transfer_letter() -> Paper:
    """转送函: a petition passed on to the body that has the power to handle it."""
    return Paper(
        issuer=ISSUER,
        number=Number("云人常办信转", 2026, 12),
        title="关于转送“清溪街道养老驿站延长开放时间”信访事项的函",
        addressee="云麓区民政局",
        paragraphs=(
            body(
                "我办于2026年3月2日收到何女士提出的信访事项（登记编号XF-2026-0031），反映清溪街道养老驿站"
                "每天下午四点半关门，家属下班后接老人不方便，建议延长开放时间。经审核，该事项属于你局职权范围，"
                "现转送你局，请依法办理，并注意以下事项："
            ),
            heading3(
                "请自收到本函之日起15日内书面告知信访人接收情况以及处理途径和程序（《信访工作条例》第二十三条第三款）。"
            ),
            heading3(
                "如认为该事项不属于你局职权范围，请自收到本函之日起5个工作日内提出异议，详细说明理由，"
                "经我办核实同意后交还相关材料（《信访工作条例》第二十三条第三款）。"
            ),
            heading3("请妥善保管信访材料，不得将信访人的个人信息透露给与办理工作无关的人员。"),
            body("办理结果请在答复信访人的同时抄送我办。"),
        ),
        attachments=("信访事项登记表", "信访人提交的材料（照片2张）"),
        signature=OFFICE,
        dated=date(2026, 3, 9),
        note="联系人：周敏，联系电话：0000-5550123",
        copy_to=("区人民政府办公室", "清溪街道人大工委"),
        form=Form.LETTER,
    )


@pytest.fixture
def long_notice() -> Paper:
    """审议意见书: three pages with every level of text, the 版头 in full, and a 版记."""
    filling = (
        "区人民政府及有关部门应当把养老服务设施纳入国土空间规划和年度建设计划，统筹存量用房改造和新建项目配套，"
        "逐个明确用房来源、资金渠道、责任单位和完成时间，建立台账并向社会公布，接受人大代表和居民监督。"
    )
    return Paper(
        issuer="明川市云麓区人民代表大会常务委员会",
        number=Number("云麓人常", 2026, 18),
        title="关于全区养老服务设施规划建设情况专项工作报告的审议意见书",
        addressee="区人民政府",
        paragraphs=(
            body(
                "2026年6月25日，区第九届人大常委会第二十六次会议听取和审议了区人民政府关于全区养老服务设施"
                "规划建设情况的专项工作报告。现将审议意见送给你们，请研究处理。"
            ),
            heading1("补齐设施缺口"),
            body(filling),
            heading2("抓紧落实用房"),
            body(filling),
            heading3("对16个没有养老驿站的社区逐个列出用房来源和完成时间，2027年6月底前建成。"),
            heading3("新建住宅项目配套养老用房，应当与住宅同步规划、同步建设、同步验收、同步交付，包括："),
            item("街道综合养老服务中心；"),
            item("社区养老驿站。"),
            heading2("盘活存量资源"),
            body(filling * 2),
            heading1("延长开放时间"),
            body("驿站开放时间应当覆盖傍晚接送时段，并向居民公布。" + filling),
            body(filling),
            body(
                "请于收到本意见书三个月内将研究处理方案送交常委会办公室，并在一年内向常委会提出研究处理情况的书面报告。"
            ),
        ),
        attachments=("常委会组成人员审议意见汇总",),
        signature="明川市云麓区人大常委会",
        dated=date(2026, 7, 3),
        copy_to=(
            "区监察委员会",
            "区人民法院",
            "区人民检察院",
            "区委办公室",
            "区人大各专门委员会、常委会各工作机构",
        ),
        printed_by=OFFICE,
        printed_on=date(2026, 7, 3),
        copy_number=1,
        urgency="特急",
    )
