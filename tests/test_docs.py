"""The documentation says what the program is, and no file says what it must not."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click

import kpi
from kpi.catalogue import kpis
from kpi.cli import kpi as program
from tests.benchmarks.fairness_page import markdown

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def words(*names: str) -> str:
    return "\n".join((ROOT / name).read_text("utf-8") for name in names)


def commands(group: click.Group, *path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with its groups before it: ``kpi role check``."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)
        else:
            yield " ".join((*path, name)), command


def sections() -> dict[str, str]:
    """What ``docs/commands.md`` says under each command's heading."""
    parts = re.split(r"^## `(.+)`$", words("docs/commands.md"), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_command_has_its_section() -> None:
    assert [name for name, _ in commands(program, "kpi")] == list(sections())


def test_every_option_is_documented_and_every_documented_option_is_there() -> None:
    everywhere = {"--db"}  # said once, before the commands
    for name, command in commands(program, "kpi"):
        there = {
            max(option.opts, key=len)
            for option in command.params
            if isinstance(option, click.Option)
        }
        bullets = "\n".join(re.findall(r"^- .*", sections()[name], re.M))
        documented = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", bullets))
        assert (name, there - everywhere - documented) == (name, set())
        assert (name, documented - there) == (name, set())


def test_every_dependency_has_its_line() -> None:
    listed = [*PROJECT["project"]["dependencies"]]
    for extra in PROJECT["project"]["optional-dependencies"].values():
        listed += extra
    names = {re.match(r"[A-Za-z0-9._-]+", each)[0] for each in listed}
    lines = re.findall(r"^\| ([a-z0-9.-]+) \|", words("docs/dependencies.md"), re.M)
    assert names == set(lines) - {"dependency"}


def test_changelog_opens_with_this_version() -> None:
    versions = re.findall(r"^## (\d\S*)", words("CHANGELOG.md"), re.M)
    assert versions[0] == kpi.__version__


def test_readme_gives_both_commands_as_they_are_run() -> None:
    readme = words("README.md")
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/kpi demo" in readme
    assert ".venv/bin/pip install '.[test]' && .venv/bin/pytest" in readme
    run = words(".ci/run")
    assert "python3 -m venv .venv && .venv/bin/pip install --quiet '.[test]'" in run
    assert "KPI_REQUIRE_ALL=1 .venv/bin/pytest" in run
    assert "python3 -m venv .venv && .venv/bin/pip install --quiet ." in run


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert not broken


def test_every_test_that_security_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", words("docs/security.md"))
    assert len(named) > 40
    gone = [
        (file, name)
        for file, name in named
        if not (ROOT / file).is_file() or (name and f"def {name}(" not in words(file))
    ]
    assert not gone


def test_every_line_of_security_has_its_test_or_reason() -> None:
    lines = [
        line.strip("| ").split(" | ")
        for line in words("docs/security.md").partition("## Held against")[2].splitlines()
        if re.match(r"\| (\d|beside)", line)
    ]
    assert len(lines) > 40
    assert not [line for line in lines if len(line) != 4 or not line[3].strip()]


def test_every_folder_of_the_program_is_installed() -> None:
    folders = {
        file.parent.relative_to(ROOT)
        for pattern in ("kpi/**/*", "dashboards/**/*", "sample_data/**/*.py")
        for file in ROOT.glob(pattern)
        if file.is_file() and "__pycache__" not in file.parts
    }
    packages = {".".join(folder.parts) for folder in folders}
    # The sample data lies beside kpi here, and inside it when installed.
    packages = {re.sub(r"^sample_data", "kpi.sample_data", each) for each in packages}
    assert packages == set(PROJECT["tool"]["setuptools"]["packages"])


# Written in pieces, so that this file does not hold what it looks for.
FORBIDDEN = re.compile(
    r"/(?:roo"
    + r"t|wor"
    + r"k|tm"
    + r"p)/|(?:py"
    + r"pi|python"
    + r"hosted)\.org|registry\.npm"
    + r"js"
)


LEFT_BY_TOOLS = re.compile(
    r"(^|/)(\.git|\.venv|__pycache__|build|[^/]*\.egg-info|\.[a-z_]*cache|\.hypothesis)/"
)


def project_files() -> list[Path]:
    """What is, or would be, committed."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    # Not a checkout: whatever was unpacked.
    files = [each for each in ROOT.rglob("*") if each.is_file()]
    return [each for each in files if not LEFT_BY_TOOLS.search(each.relative_to(ROOT).as_posix())]


def test_no_file_names_a_machine_or_an_index() -> None:
    named = []
    for file in project_files():
        if not file.is_file() or file.suffix in {".png", ".woff2", ".gz", ".csv"}:
            continue
        for number, line in enumerate(file.read_text("utf-8", errors="replace").splitlines(), 1):
            if found := FORBIDDEN.search(line):
                named.append(f"{file.relative_to(ROOT)}:{number}: {found[0]}")
    assert not named


def test_the_page_on_chance_is_what_the_simulations_gave() -> None:
    assert words("docs/fairness.md") == markdown()
    assert markdown().count("\n| ") > len(kpis())
