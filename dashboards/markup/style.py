"""The style sheet: the only place with CSS, one part a subject in ``css/``, in the order of the
cascade. Sizes and spaces are those of ``docs/design.md``."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from importlib.resources import files

from kpi.report.theme import DARK, LIGHT, Palette

_COLOURS = ("page", "panel", "ink", "muted", "line", "link", "better", "worse", "neutral")

# What every page is made of first, then what single pages add, then window and paper.
_PARTS = (
    "page", "guide", "words", "overview", "boxes", "tables", "kpi_rows", "month_end", "cards",
    "movement", "kpi", "role_editor", "reviews", "review", "role", "practices", "health",
    "window", "print",
)  # fmt: skip


@cache
def style(palette: Palette) -> str:
    """The style sheet as a ``<style>`` element; ``palette``: what the page's charts are drawn in.

    Its own colours follow the theme that stands, also where that changes with no rerun: a system
    that turns dark in the evening tells the browser, and not us.
    """
    parts = (*_PARTS, "print_dark") if palette is DARK else _PARTS
    folder = files("dashboards.markup").joinpath("css")
    sheet = "\n".join(folder.joinpath(f"{part}.css").read_text("utf-8") for part in parts)
    return f"<style>{_variables()}\n{sheet}</style>"


def _variables() -> str:
    light, dark = asdict(LIGHT), asdict(DARK)
    plain = "".join(f"--rc-{name}:{light[name]};" for name in _COLOURS)
    both = "".join(f"--rc-{name}:light-dark({light[name]},{dark[name]});" for name in _COLOURS)
    return f":root{{{plain}}}@supports (color:light-dark(#fff,#000)){{:root{{{both}}}}}"
