"""Files that come in: a folder of texts becomes works, editions and citations; run again, only what changed is read."""

from lvzhi.work.statutes.imports.files import Found, scan
from lvzhi.work.statutes.imports.report import Refused, Report
from lvzhi.work.statutes.imports.run import Step, run

__all__ = ["Found", "Refused", "Report", "Step", "run", "scan"]
