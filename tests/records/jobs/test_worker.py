"""Jobs are done once, whatever happens to the worker."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from lvzhi.records.jobs import worker
from lvzhi.records.jobs.models import Job
from lvzhi.records.notices import deliver
from lvzhi.records.notices.models import Delivery, Notice
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.actions import triage
from lvzhi.work.opinions.models import Triage
from tests.fixtures.district import NOW, TODAY, District

ALL = "the test looks at every job"


def test_an_act_leaves_one_job_and_the_worker_tells_whom_it_waits_for(district: District) -> None:
    matter = district.matter()
    worker.work(at=NOW)
    Notice.objects.of(district.congress).delete()
    actions.transfer(matter.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)

    assert worker.work(at=NOW) == 1

    notice = Notice.objects.of(district.congress).get()
    assert notice.account_id == district.driver.account
    assert "转送" in notice.text
    assert not Job.objects.everywhere(ALL).exists()


def test_an_act_that_is_rolled_back_leaves_no_job(district: District) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        district.opinion()
        raise RuntimeError

    assert not Job.objects.everywhere(ALL).exists()


class Killed(BaseException):
    """Stands for kill -9: nothing after it runs, and the open transaction is lost."""


def test_a_worker_killed_in_the_middle_of_a_job_tells_nobody_twice(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    district.matter()
    real = worker.handlers("entry")
    monkeypatch.setattr(worker, "handlers", lambda _kind: (*real, _die))
    with pytest.raises(Killed):
        worker.work(at=NOW)
    assert not Notice.objects.of(district.congress).exists()
    monkeypatch.undo()

    worker.work(at=NOW)

    assert Notice.objects.of(district.congress).count() == 1
    assert not Job.objects.everywhere(ALL).exists()


def _die(_job: Job, _at: object) -> None:
    raise Killed


def test_a_failing_job_is_put_off_and_at_last_given_up(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    district.matter()
    Job.objects.everywhere(ALL).exclude(kind="entry").delete()

    def fail(_job: Job, _at: object) -> None:
        raise ValueError("the index is full")

    monkeypatch.setattr(worker, "handlers", lambda _kind: (fail,))
    at = NOW
    for _attempt in range(worker.MOST_ATTEMPTS):
        worker.work(at=at)
        at += timedelta(hours=2)

    job = Job.objects.everywhere(ALL).get()
    assert (job.given_up, job.attempts) == (True, worker.MOST_ATTEMPTS)
    assert job.last_error == "ValueError: the index is full"
    assert worker.work(at=at) == 0


@pytest.fixture
def letters(settings: Settings, tmp_path: Path) -> Path:
    """A folder into which the default e-mail backend lays its letters."""
    settings.EMAIL_BACKEND = "lvzhi.records.notices.maildrop.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def test_a_letter_sent_again_after_a_crash_is_the_same_letter(
    district: District, letters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    district.matter()
    worker.work(at=NOW)
    real = deliver.send

    def send_and_die(delivery: Delivery) -> None:
        real(delivery)
        raise Killed

    monkeypatch.setattr(deliver, "send", send_and_die)
    with pytest.raises(Killed):
        deliver.pump(at=NOW)
    monkeypatch.undo()
    assert deliver.pump(at=NOW + timedelta(minutes=1)) == 0

    deliver.pump(at=NOW + timedelta(minutes=6))

    assert len(list(letters.glob("*.eml"))) == 1
    assert Delivery.objects.of(district.congress).get().status == Delivery.Status.SENT


def test_an_act_replayed_from_long_ago_wakes_nobody(district: District) -> None:
    district.matter()

    worker.work(at=NOW + timedelta(days=3))

    assert not Notice.objects.of(district.congress).exists()


def test_what_was_looked_up_ahead_of_the_transaction_is_not_looked_up_again(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    real = triage.look
    monkeypatch.setattr(triage, "look", lambda opinion, **how: looked.append(opinion.text) or real(opinion, **how))
    opinion = district.opinion().opinion

    worker.work(at=NOW)

    assert looked == [opinion.text]
    assert Triage.objects.of(district.congress).filter(opinion=opinion).exists()


def test_a_look_ahead_that_fails_is_made_good_inside_the_job(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_job: Job) -> object:
        raise ValueError("the model is being written")

    monkeypatch.setattr(worker, "look_ahead", lambda kind: fail if kind == "opinion-received" else None)
    opinion = district.opinion().opinion

    worker.work(at=NOW)

    assert Triage.objects.of(district.congress).filter(opinion=opinion).exists()
    assert not Job.objects.everywhere(ALL).exists()
