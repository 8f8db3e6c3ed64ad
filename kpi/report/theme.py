"""Colours of pages and files, light and dark, and the contrast that they are held to.

Meaning has three colours, which people who see red and green alike tell apart: blue for better,
orange for worse, grey for neither. Each comes with a shape and a word; none stands alone.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

BETTER = "#0072B2"
WORSE = "#D55E00"
NEUTRAL = "#767676"


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme's colours. The three tints are one hue: darkest where a value is poor."""

    name: str
    page: str
    panel: str
    ink: str
    muted: str
    line: str
    link: str
    poor: str
    fair: str
    good: str
    better: str = BETTER
    worse: str = WORSE
    neutral: str = NEUTRAL
    on_sign: str = "#FFFFFF"


LIGHT = Palette(
    name="light",
    page="#FFFFFF",
    panel="#F5F7F9",
    ink="#18242F",
    muted="#53606C",
    line="#DCE2E7",
    link="#00619A",
    poor="#B9C5CF",
    fair="#D7DFE5",
    good="#ECF0F3",
)

DARK = Palette(
    name="dark",
    page="#10151A",
    panel="#182026",
    ink="#E8EDF1",
    muted="#A7B3BD",
    line="#313C46",
    link="#6CBBEA",
    poor="#4C5A66",
    fair="#36424C",
    good="#252F37",
)


VARIABLES = Palette(**{name: f"var(--{name.replace('_', '-')})" for name in asdict(LIGHT)})
"""Colours by the names of a style sheet's variables, for drawings that stand within a page."""


def variables(palette: Palette) -> str:
    """A palette's colours as declarations of those variables."""
    colours = {name: value for name, value in asdict(palette).items() if name != "name"}
    return " ".join(f"--{name.replace('_', '-')}: {value};" for name, value in colours.items())


def palette(theme: str | None) -> Palette:
    """The colours of the theme that the browser shows; light where it does not say."""
    return DARK if theme == "dark" else LIGHT


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
