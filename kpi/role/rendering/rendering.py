"""From a role to the bytes of a file: one document, and a writer for each format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

from kpi.role.model import Role
from kpi.role.rendering.blocks import Document

Format = Literal["md", "html", "docx", "pdf"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)


def render_role(
    role: Role,
    form: Format,
    *,
    posting: bool = False,
    baselines: Mapping[str, float] | None = None,
) -> bytes:
    """A job description as a file; the same role gives the same bytes.

    ``posting`` gives what may be shown to applicants instead: pay range and benefits, and nothing
    of KPIs, targets, ratings or what a bonus takes. ``baselines`` are the stored values of a
    published version, each in its KPI's own unit (percent as a fraction); without them, targets
    that rest on a baseline are told as changes from it. Raises InputError where a PDF is asked for
    and no font of this machine has a character of it.
    """
    return _write(_document(role, posting, baselines), form)


def _document(role: Role, posting: bool, baselines: Mapping[str, float] | None) -> Document:
    if posting:
        from kpi.role.rendering.posting import job_posting

        return job_posting(role)
    from kpi.role.rendering.description import job_description

    return job_description(role, baselines)


def _write(document: Document, form: Format) -> bytes:
    # Each writer, and the library that it rests on, is loaded when it is used.
    if form == "md":
        from kpi.role.rendering.as_markdown import as_markdown

        return as_markdown(document)
    if form == "html":
        from kpi.role.rendering.as_html import as_html

        return as_html(document)
    if form == "docx":
        from kpi.role.rendering.as_docx import as_docx

        return as_docx(document)
    from kpi.role.rendering.as_pdf import as_pdf

    return as_pdf(document)
