"""A text of law written out for others: Akoma Ntoso 3.0, JSON, plain text, Markdown."""

from lvzhi.core.law.exports.akn import akn
from lvzhi.core.law.exports.frbr import Identity, Reference, link, references
from lvzhi.core.law.exports.markdown import markdown
from lvzhi.core.law.exports.plain import Cited, as_json, as_values, schema, text

__all__ = [
    "Cited",
    "Identity",
    "Reference",
    "akn",
    "as_json",
    "as_values",
    "link",
    "markdown",
    "references",
    "schema",
    "text",
]
