"""What the tests of managed texts share: the clerk who keeps them, a file, its facts, and how it is sent."""

from __future__ import annotations

import re
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lvzhi.records.jobs import worker
from lvzhi.records.people.actor import Actor
from tests.core.law.test_readers import word
from tests.fixtures.district import NOW, District, _person
from tests.fixtures.statutes import RULES_2018

WORD = word("\n".join(line for line in RULES_2018.replace("# ", "").splitlines() if line))
FACTS = {
    "title": "云麓区人民代表大会常务委员会议事规则", "kind": "normative_document", "level": "district",
    "region": "云麓区",
    "organ": "云麓区人民代表大会常务委员会", "number": "", "day": "2018-03-01", "effective": "2018-04-01",
    "reason": "常委会通过",
}  # fmt: skip


def keeper(district: District) -> Actor:
    return _person(district.congress, "guoliheng", "郭立衡", "filing_review_office", None)


def upload(client: Client, address: str, text: str | bytes, name: str = "rules.md") -> str:
    """Send a file; the sealed text of the page that shows it."""
    data = text.encode() if isinstance(text, str) else text
    answer = client.post(address, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    found = re.search(r'name="text" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def done_jobs() -> None:
    while worker.work(at=NOW + timedelta(days=400)):
        pass
