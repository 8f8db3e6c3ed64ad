"""Small SVG images, and the two ways to show one: as an ``<img>``, or within a page.

Streamlit takes inline ``<svg>`` out of HTML and lets images through. A file of its own shows the
drawing inline, where it follows the colours of the page it stands in.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from html import escape

_NAMESPACE = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing and what it says in words."""

    svg: str
    alt: str
    width: int
    height: int

    @property
    def inline(self) -> str:
        """The drawing as an ``<svg>`` element, what it says in its title."""
        # An element of a page needs no namespace, and one would look like an address to fetch.
        opening, rest = self.svg.replace(f' xmlns="{_NAMESPACE}"', "").split(">", 1)
        return f'{opening} role="img"><title>{escape(self.alt)}</title>{rest}'

    @property
    def file(self) -> bytes:
        """The drawing as a file of its own, what it says in its title."""
        opening, rest = self.svg.split(">", 1)
        return f'{opening} role="img"><title>{escape(self.alt)}</title>{rest}'.encode()

    @property
    def source(self) -> str:
        """The drawing as a ``data:`` address."""
        return f"data:image/svg+xml;base64,{b64encode(self.svg.encode()).decode()}"

    def img(self, css_class: str = "rc-figure") -> str:
        """The drawing as an ``<img>`` element, its text alternative escaped."""
        return (
            f'<img class="{css_class}" src="{self.source}" '
            f'alt="{escape(self.alt)}" width="{self.width}" height="{self.height}">'
        )


def figure(width: int, height: int, alt: str, *elements: str) -> Figure:
    """A figure of the elements, drawn in a box of that many pixels."""
    body = "".join(elements)
    svg = (
        f'<svg xmlns="{_NAMESPACE}" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{body}</svg>'
    )
    return Figure(svg, alt, width, height)


def rect(x: float, y: float, width: float, height: float, fill: str, radius: float = 0) -> str:
    """A rectangle; one of no width is left out."""
    if width <= 0:
        return ""
    rounded = f' rx="{radius:g}"' if radius else ""
    return (
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"'
        f'{rounded} fill="{fill}"/>'
    )


def line(
    x1: float, y1: float, x2: float, y2: float, stroke: str, width: float = 1, dash: str = ""
) -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" '
        f'stroke="{stroke}" stroke-width="{width:g}"{dashed}/>'
    )


def circle(x: float, y: float, radius: float, fill: str, stroke: str = "none") -> str:
    """A circle."""
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:g}" fill="{fill}" stroke="{stroke}"/>'


def text(x: float, y: float, said: str, fill: str, size: float, anchor: str = "start") -> str:
    """A line of text on its baseline, in the font of the page or of the figure's ``face``."""
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" fill="{fill}" font-size="{size:g}" '
        f'text-anchor="{anchor}">{escape(said)}</text>'
    )


def path(points: str, stroke: str, width: float = 1.5, fill: str = "none") -> str:
    """A path, its corners and ends rounded."""
    return (
        f'<path d="{points}" fill="{fill}" stroke="{stroke}" stroke-width="{width:g}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )
