"""Every write of the law library, one function a verb."""

from lvzhi.records.matters.refusals import ActRefused
from lvzhi.work.statutes.actions.drafting import correct, draft, drop
from lvzhi.work.statutes.actions.knowing import know
from lvzhi.work.statutes.actions.linking import link
from lvzhi.work.statutes.actions.particulars import Particulars, describe_work, repeal_work
from lvzhi.work.statutes.actions.publishing import publish

__all__ = [
    "ActRefused",
    "Particulars",
    "correct",
    "describe_work",
    "draft",
    "drop",
    "know",
    "link",
    "publish",
    "repeal_work",
]
