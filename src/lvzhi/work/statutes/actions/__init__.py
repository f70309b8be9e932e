"""Every write of the law library, one function a verb."""

from lvzhi.records.matters.refusals import ActRefused
from lvzhi.work.statutes.actions.drafting import correct, draft, drop
from lvzhi.work.statutes.actions.knowing import know
from lvzhi.work.statutes.actions.linking import link
from lvzhi.work.statutes.actions.publishing import publish

__all__ = ["ActRefused", "correct", "draft", "drop", "know", "link", "publish"]
