"""A text of law written out for others: Akoma Ntoso 3.0, JSON, plain text, Markdown."""

from lvzhi.core.law.exports.akn import akn
from lvzhi.core.law.exports.frbr import Reference, expression_iri, references, work_iri
from lvzhi.core.law.exports.markdown import markdown
from lvzhi.core.law.exports.plain import as_json, schema, text

__all__ = ["Reference", "akn", "as_json", "expression_iri", "markdown", "references", "schema", "text", "work_iri"]
