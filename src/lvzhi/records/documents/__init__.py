"""Attachments by their content, and official papers as they were issued."""
