"""Which files of a matter are whose to read."""

from __future__ import annotations

import pytest

from lvzhi.records.documents.models import Attachment
from lvzhi.records.matters.models import Matter, Party
from lvzhi.records.people.actor import Actor, citizen
from lvzhi.work.opinions import actions
from tests.fixtures.district import NOW, TODAY, District


@pytest.fixture
def files(district: District) -> Matter:
    """A public matter at the transport bureau with one file for everybody and one for those who handle it."""
    matter = district.matter()
    actions.transfer(matter.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    for name, is_public in (("照片.jpg", True), ("内部.pdf", False)):
        Attachment.objects.create(
            congress=district.congress, matter=matter, sha256=f"{len(name):064d}", name=name, media_type="image/jpeg",
            size=1, added_at=NOW, is_public=is_public,
        )  # fmt: skip
    Matter.objects.of(district.congress).filter(pk=matter.pk).update(is_public=True, published_at=NOW)
    return matter


def names(actor: Actor, matter: Matter) -> list[str]:
    return sorted(Attachment.objects.visible_to(actor).filter(matter=matter).values_list("name", flat=True))


def test_the_office_and_whoever_handles_it_read_every_file_once(district: District, files: Matter) -> None:
    Party.objects.create(congress=district.congress, matter=files, role="co_body", body=district.housing, since=TODAY)
    Party.objects.create(congress=district.congress, matter=files, role="witness", body=district.housing, since=TODAY)

    for actor in (district.clerk, district.driver, district.builder):
        assert names(actor, files) == ["内部.pdf", "照片.jpg"]


def test_the_public_and_other_bodies_read_what_was_published(
    district: District, neighbour: District, files: Matter
) -> None:
    holder = citizen(district.congress, matters=frozenset({files.pk}))

    assert names(district.builder, files) == ["照片.jpg"]
    assert names(citizen(district.congress), files) == ["照片.jpg"]
    assert names(holder, files) == ["内部.pdf", "照片.jpg"]
    assert names(neighbour.clerk, files) == []


def test_nothing_is_read_of_a_matter_that_is_not_public(district: District, files: Matter) -> None:
    Matter.objects.of(district.congress).filter(pk=files.pk).update(is_public=False, published_at=None)

    assert names(district.builder, files) == []
    assert names(citizen(district.congress), files) == []
