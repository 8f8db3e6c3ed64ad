"""Text that a printed page can hold: what has no glyph, or would turn a line round, is replaced."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""What stands for a character that the page cannot show; the attached data has it."""

DRAWINGS = frozenset({"svg", "sign"})
"""Fields that hold a drawing, made of figures and months: no text of a person is in it."""

_LONGEST_WORD = 28

# Letters that the fonts are known to have; each other character is tried once.
_SURE = re.compile("[\n\x20-\x7e\xa0-\u024f\u2010-\u201f\u2026\u2212\u00b1\u2022]*")
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_FIRST_LINE = '#set document(title: "Glyphs")\n#set text(lang: "en")\n'


def readable(given: Any) -> Any:
    """Texts, lists and dicts of them, without controls and without the marks that turn the
    direction of a line round, which would show a name or a figure as another."""
    return _each_text(given, lambda text: _without(text, frozenset()))


def printable(given: Any, lacking: frozenset[str] = frozenset()) -> tuple[Any, bool]:
    """The same with a sign for each character that no font of the page has, and whether there was
    one. ``lacking``: characters that the page is known to lack in some place."""
    unusual = {char for char in set().union(*_texts(given)) if not _SURE.fullmatch(char)}
    asked = frozenset(char for char in unusual if not _taken_out(char))
    missing = frozenset(char for char in asked if not _has_glyph(char)) | (lacking & asked)
    return _each_text(given, lambda text: _without(text, missing)), bool(missing)


def _each_text(given: Any, change: Callable[[str], str]) -> Any:
    if isinstance(given, str):
        return change(given)
    if isinstance(given, Mapping):
        return {
            key: value if key in DRAWINGS else _each_text(value, change)
            for key, value in given.items()
        }
    if isinstance(given, list | tuple):
        return [_each_text(value, change) for value in given]
    return given


def breakable(text: str) -> str:
    """The text with places to break in words too long for a line."""
    return re.sub(rf"\S{{{_LONGEST_WORD},}}", lambda found: _broken(found[0]), text)


def _broken(word: str) -> str:
    pieces = (word[at : at + 12] for at in range(0, len(word), 12))
    return "\N{ZERO WIDTH SPACE}".join(pieces)


def _texts(given: Any) -> list[str]:
    if isinstance(given, str):
        return [given]
    if isinstance(given, Mapping):
        return [text for key, each in given.items() if key not in DRAWINGS for text in _texts(each)]
    if isinstance(given, list | tuple):
        return [text for value in given for text in _texts(value)]
    return []


def _taken_out(char: str) -> bool:
    """Controls, and what changes the direction of what follows it."""
    kind = unicodedata.category(char)
    return (kind in ("Cc", "Cs", "Cn", "Co") and char != "\n") or char in _TURNING


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def _without(text: str, missing: frozenset[str]) -> str:
    if _SURE.fullmatch(text):
        return text
    kept = (REPLACEMENT if char in missing else char for char in text if not _taken_out(char))
    # A sign of several characters that all lack a glyph is one sign to a reader.
    return re.sub(f"{REPLACEMENT}[{REPLACEMENT}\u200d\ufe0f]+", REPLACEMENT, "".join(kept))


@lru_cache(maxsize=8192)
def _has_glyph(char: str) -> bool:
    import typst

    from kpi.report.fonts import fonts

    source = _FIRST_LINE + "#sys.inputs.text"
    try:
        typst.compile(
            source.encode(),
            format="pdf",
            pdf_standards=["ua-1"],
            font_paths=fonts(),
            sys_inputs={"text": char},
        )
    except typst.TypstError as error:
        return not lacks(error)
    return True


def lacks(error: Exception) -> frozenset[str]:
    """The characters for want of which the compiler refused a page. Raises any other refusal."""
    found = _MISSING.search(str(error))
    if found is None:
        raise error
    return frozenset(found[1])
