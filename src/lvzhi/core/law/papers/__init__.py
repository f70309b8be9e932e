"""The comparison of two editions as a paper to print and pass on: three columns, .docx, .xlsx and plain text."""

from lvzhi.core.law.papers.model import Comparison, Figures, comparison
from lvzhi.core.law.papers.plain import comparison_text
from lvzhi.core.law.papers.word import comparison_docx
from lvzhi.core.law.papers.workbook import comparison_xlsx

__all__ = ["Comparison", "Figures", "comparison", "comparison_docx", "comparison_text", "comparison_xlsx"]
