"""HTML and SVG elements that escape whatever text they are given."""

from html import escape

_VOID = frozenset({"meta"})


class Markup(str):
    """Text that is HTML already: an element, or several."""

    __slots__ = ()


def element(name: str, /, *content: str, **attributes: str | None) -> Markup:
    """An element. Content that is not Markup is escaped; an attribute that is None is left out.

    Attribute names are written with ``_`` for ``-``, and a trailing ``_`` where Python has the
    word (``class_``).
    """
    listed = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    opening = f"<{name}{listed}>"
    return Markup(opening if name in _VOID else f"{opening}{joined(*content)}</{name}>")


def joined(*content: str) -> Markup:
    """Several pieces as one, those that are not Markup escaped."""
    return Markup("".join(each if isinstance(each, Markup) else escape(each) for each in content))
