"""Files into text: Markdown, plain text, .docx, PDF with a text layer, and saved web pages."""

from lvzhi.core.law.readers.files import LARGEST, Source, read, read_text_of

__all__ = ["LARGEST", "Source", "read", "read_text_of"]
