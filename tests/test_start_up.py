"""Asking for help must be quick: it may load nothing of what only the work itself needs."""

import subprocess
import sys

import pytest

HEAVY = {"pandas", "numpy", "streamlit", "sqlalchemy", "alembic", "pydantic", "plotly", "ruamel"}


@pytest.mark.parametrize("start", [["-c", "import kpi"], ["-m", "kpi", "--help"]])
def test_start_loads_nothing_heavy(start: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *start], capture_output=True, text=True, check=True
    )
    loaded = {
        line.rpartition("|")[2].strip().partition(".")[0]
        for line in done.stderr.splitlines()
        if line.startswith("import time:")
    }
    assert "kpi" in loaded
    assert not loaded & HEAVY


@pytest.mark.parametrize("package", ["datasets", "catalogue", "role", "score"])
def test_pure_packages_load_no_database_and_no_frame(package: str) -> None:
    asked = f"import sys, kpi.{package}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & HEAVY
