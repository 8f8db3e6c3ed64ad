"""``kpi retention``."""

from tests.commands.running import Shell


def test_shown_set_and_applied(shell: Shell) -> None:
    shell.done("practice", "add", "lakeside", "--name", "Lakeside")
    file = shell.file("file.csv", "complaint_id,received_on\n1,2023-01-05\n2,2023-09-01\n")
    shell.done("ingest", file, "--practice", "lakeside")
    here = "--practice", "lakeside"
    assert "Records of lakeside are kept for good." in shell.done("retention", *here).out
    assert "kept for good" in shell.refused("retention", "apply", *here, "--before", "2023-02")
    assert shell("retention", "set", *here, "--keep", "soon").status == 2
    assert shell("retention", "--format", "json").status == 2
    assert "24 months at least" in shell.refused("retention", "set", *here, "--keep", "1y")
    shown = shell.done("retention", "set", *here, "--keep", "2 years").out
    assert "Would be deleted with: kpi retention apply --practice lakeside --before 20" in shown
    found = shell.done("retention", *here, "--format", "json").document
    assert (found["keep_months"], found["sealed_before"]) == (24, None)
    assert found["records"]["complaints"] == 2
    assert "are held, since" in shell.refused("retention", "apply", *here, "--before", "2098-01")
    done = shell.done("retention", "apply", *here, "--before", "2023-03").out
    assert "Months before 2023-03 are sealed: their figures stay, and 1 records" in done
    assert "Months before 2023-03 are sealed" in shell.done("retention", *here).out
    again = shell.refused("retention", "apply", *here, "--before", "2023-03")
    assert "are sealed already" in again
    assert "cannot be undone" in shell.refused("uploads", "undo", "1", *here)
    assert shell.done("doctor").status == 0
