"""The fonts of printed pages: those that come with the compiler, never the machine's own, so that
the same scorecard gives the same bytes everywhere."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

FACE = "Libertinus Serif"


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The compiler's own fonts, read once a process."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
