"""Two pictures of one page held against each other."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageChops

# What 256 colours and a letter's edge make of one and the same page.
_NOISE = 24


def changed(before: bytes, after: bytes) -> float:
    """The share of a page's points that are other ones, from 0 to 1; both are PNG. What one has
    beyond the other's edge counts as changed."""
    difference = _difference(_read(before), _read(after))
    return sum(difference.histogram()[1:]) / (difference.width * difference.height)


def side_by_side(before: bytes, after: bytes) -> bytes:
    """Before, after, and after with what changed in orange upon grey: one PNG."""
    old, new = _read(before), _read(after)
    difference = _difference(old, new)
    ground = Image.new("RGB", difference.size, "white")
    ground.paste(new.convert("L").convert("RGB"))
    ground = Image.blend(ground, Image.new("RGB", ground.size, "white"), 0.6)
    ground.paste("#D55E00", mask=difference)
    sheet = Image.new("RGB", (old.width + new.width + ground.width + 40, ground.height), "#767676")
    sheet.paste(old, (0, 0))
    sheet.paste(new, (old.width + 20, 0))
    sheet.paste(ground, (old.width + new.width + 40, 0))
    found = BytesIO()
    sheet.save(found, "PNG", optimize=True)
    return found.getvalue()


def _read(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture)).convert("RGB")


def _difference(old: Image.Image, new: Image.Image) -> Image.Image:
    """255 where a point changed, else 0; as large as what holds both."""
    size = max(old.width, new.width), max(old.height, new.height)
    grounds = []
    for picture, beyond in ((old, "black"), (new, "white")):
        ground = Image.new("RGB", size, beyond)
        ground.paste(picture)
        grounds.append(ground)
    bands = ImageChops.difference(*grounds).split()
    most = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    return most.point(lambda each: 255 if each > _NOISE else 0)
