"""What the command that takes the pictures calls changed."""

from io import BytesIO

from PIL import Image

from tests.browser.compared import changed, side_by_side


def _png(width: int, height: int, dark_rows: int) -> bytes:
    picture = Image.new("RGB", (width, height), "white")
    picture.paste("black", (0, 0, width, dark_rows))
    found = BytesIO()
    picture.save(found, "PNG")
    return found.getvalue()


def test_the_share_that_changed_is_counted_in_points() -> None:
    same = _png(10, 20, 5)
    assert changed(same, same) == 0
    assert changed(same, _png(10, 20, 10)) == 0.25  # 50 of 200
    assert changed(same, _png(10, 25, 5)) == 0.2  # 50 of 250 lie beyond the other's edge


def test_before_after_and_difference_stand_side_by_side() -> None:
    sheet = Image.open(BytesIO(side_by_side(_png(10, 20, 5), _png(10, 20, 10))))
    assert sheet.size == (3 * 10 + 40, 20)
    assert sheet.getpixel((60 + 5, 7)) == (0xD5, 0x5E, 0x00)  # was white, is black
    assert sheet.getpixel((60 + 5, 15)) != (0xD5, 0x5E, 0x00)
