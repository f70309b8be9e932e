"""Every write of the law library, one function a verb."""

from lvzhi.records.matters.refusals import ActRefused
from lvzhi.work.statutes.actions.deciding import accept, dismiss
from lvzhi.work.statutes.actions.drafting import as_corrected, correct, draft, drop
from lvzhi.work.statutes.actions.knowing import know
from lvzhi.work.statutes.actions.linking import link
from lvzhi.work.statutes.actions.particulars import Particulars, describe_work, repeal_work
from lvzhi.work.statutes.actions.publishing import publish

__all__ = [
    "ActRefused",
    "Particulars",
    "accept",
    "as_corrected",
    "correct",
    "describe_work",
    "dismiss",
    "draft",
    "drop",
    "know",
    "link",
    "publish",
    "repeal_work",
]
