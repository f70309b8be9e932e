"""Files into text: Markdown, plain text, .docx, PDF with a text layer, and saved web pages."""

from lvzhi.core.law.readers.files import LARGEST, MEDIA_TYPES, Source, read, read_text_of, understood

__all__ = ["LARGEST", "MEDIA_TYPES", "Source", "read", "read_text_of", "understood"]
