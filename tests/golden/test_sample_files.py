"""The sample's files: made by the generator kept in the project, small, and fit together."""

from fractions import Fraction

from sample_data.generate import files
from tests.golden.oracle.reading import SAMPLE, manifest, practice

MADE = ("lakeside", "hillcrest")


def test_the_generator_gives_the_files_byte_for_byte() -> None:
    made = files()
    kept = {path.relative_to(SAMPLE).as_posix(): path for folder in MADE
            for path in (SAMPLE / folder).iterdir()}  # fmt: skip
    kept["manifest.json"] = SAMPLE / "manifest.json"
    assert sorted(made) == sorted(kept)
    # A checkout on Windows may have turned the line ends.
    changed = [name for name, path in kept.items()
               if path.read_bytes().replace(b"\r\n", b"\n") != made[name]]  # fmt: skip
    assert not changed, "run: python -m sample_data.generate"


def test_the_files_are_under_eight_megabytes() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*.csv")) < 8_000_000


def test_every_file_is_loaded_and_every_loaded_file_is_there() -> None:
    document = manifest()
    listed = {each["file"] for each in document["files"]}
    assert listed == {path.relative_to(SAMPLE).as_posix() for path in SAMPLE.rglob("*.csv")}
    assert all((SAMPLE / each["file"]).is_file() for each in document["roles"])


def test_the_profit_and_loss_reads_as_its_own_net_income_says() -> None:
    """The printed net income of 2025 is the sum of what the second reading makes of the rows."""
    lines = (SAMPLE / "lakeside/profit_and_loss_2025.csv").read_text("utf-8").splitlines()
    printed = next(line for line in lines if line.startswith("Net Income,"))
    total = Fraction(printed.rsplit('"', 2)[1].replace("$", "").replace(",", ""))
    sign = {"revenue": 1, "other_income": 1, "expense": -1, "other_expense": -1}
    rows = practice("lakeside").records["ledger"]
    assert total == sum(
        sign[row["kind"]] * row["amount"] for row in rows if row["month"].startswith("2025")
    )
