"""A role as a document for people: Markdown, HTML, DOCX or PDF, with the same content in each."""

from kpi.role.rendering.rendering import FORMATS, Format, render_role

__all__ = ["FORMATS", "Format", "render_role"]
