"""Starts `kpi demo` as the README does, waits until it serves, and stops it: twice, timed.

Usage: demo.py PATH_OF_KPI. Machines differ by more than twofold, so what a start may take is said
in imports of the libraries that it rests on, timed in the same run.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

IMPORTS = "import pandas, plotly, sqlalchemy, streamlit"
LIMITS = (("first", 40.0), ("second", 6.0))
"""How many times the imports each start may take."""

GIVE_UP = 180.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def yardstick() -> float:
    """The seconds that the imports take, at the best of three."""
    taken = []
    for _ in range(3):
        started = time.monotonic()
        subprocess.run([sys.executable, "-c", IMPORTS], check=True)
        taken.append(time.monotonic() - started)
    return min(taken)


def seconds_to_health(program: str) -> float:
    """How long the demo takes from its command to a healthy page. Exits if it never gets there."""
    port = free_port()
    started = time.monotonic()
    command = [program, "demo", "--port", str(port), "--no-browser"]
    with subprocess.Popen(command, start_new_session=True) as demo:
        try:
            while not healthy(port):
                if demo.poll() is not None:
                    sys.exit(f"kpi demo ended before it served a page, status {demo.returncode}.")
                if time.monotonic() - started > GIVE_UP:
                    sys.exit(f"kpi demo served no page within {GIVE_UP:.0f} s.")
                time.sleep(0.05)
            return time.monotonic() - started
        finally:
            with contextlib.suppress(ProcessLookupError):  # it may have ended by itself
                os.killpg(demo.pid, signal.SIGTERM)


def main() -> None:
    slow, unit = False, yardstick()
    for start, limit in LIMITS:
        seconds = seconds_to_health(sys.argv[1])
        slow |= seconds > limit * unit
        print(
            f"{start} start: a healthy page after {seconds:.1f} s, {seconds / unit:.1f} times the "
            f"imports (at most {limit:.0f} times)"
        )
    if slow:
        sys.exit("kpi demo is slower than it may be.")


if __name__ == "__main__":
    main()
