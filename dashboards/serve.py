"""Starts the dashboard: Streamlit, on this computer only."""

from __future__ import annotations

import logging
import socket
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from importlib.resources import files
from typing import Any

from kpi.errors import InputError
from kpi.report.theme import DARK, LIGHT, NEUTRAL, Palette

LOOPBACK = ("127.0.0.1", "localhost", "::1")
UPLOAD_MEGABYTES = 300
_PATIENCE_SECONDS = 60


def serve(host: str, port: int, browser: bool) -> None:
    """Serves the dashboard until it is stopped. ``browser`` opens it once it answers.

    Raises InputError for an address that others could reach, and for a port that is taken.
    """
    check_address(host, port)
    from streamlit.web import bootstrap

    script = str(files("dashboards").joinpath("entry", "main.py"))
    options = settings(host, port)
    bootstrap.load_config_options(options)
    if browser:
        threading.Thread(target=_open_when_ready, args=(host, port), daemon=True).start()
    bootstrap.run(script, False, [], options)


def check_address(host: str, port: int) -> None:
    """Raises InputError unless the dashboard may and can listen there."""
    if host not in LOOPBACK:
        raise InputError(
            f"The dashboard has no sign-in yet, so it serves this computer only, not '{host}'; "
            "leave --host out."
        )
    if not 1 <= port <= 65535:
        raise InputError(f"A port is a number from 1 to 65535, not {port}.")
    family = socket.AF_INET6 if host == "::1" else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        try:
            probe.connect((host, port))
        except OSError:
            return
    raise InputError(
        f"Port {port} is in use by another program; choose another, for example --port {port + 1}."
    )


def settings(host: str, port: int) -> dict[str, Any]:
    """Streamlit's settings as if given on its command line, which no file overrides."""
    return {
        "server.address": host,
        "server.port": port,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": UPLOAD_MEGABYTES,
        "server.showEmailPrompt": False,
        "server.enableStaticServing": False,
        "server.allowedHosts": list(LOOPBACK),
        "browser.gatherUsageStats": False,
        "browser.serverAddress": host,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "client.showSidebarNavigation": False,
        **_theme("light", LIGHT),
        **_theme("dark", DARK),
    }


def _theme(name: str, palette: Palette) -> dict[str, Any]:
    colours = {
        "primaryColor": palette.better,
        "backgroundColor": palette.page,
        "secondaryBackgroundColor": palette.panel,
        "textColor": palette.ink,
        "linkColor": palette.link,
        "borderColor": palette.line,
        "baseRadius": "6px",
        "showWidgetBorder": True,
        # What Streamlit would paint red and green says better and worse as everything else does.
        "redColor": palette.worse,
        "greenColor": palette.better,
        "chartCategoricalColors": [palette.better, palette.worse, NEUTRAL],
    }
    found = {f"theme.{name}.{option}": value for option, value in colours.items()}
    found[f"theme.{name}.sidebar.backgroundColor"] = palette.panel
    found[f"theme.{name}.sidebar.secondaryBackgroundColor"] = palette.page
    return found


def _open_when_ready(host: str, port: int) -> None:
    address = f"http://{'[::1]' if host == '::1' else host}:{port}"
    # No proxy of the machine stands between it and itself.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            with opener.open(f"{address}/_stcore/health", timeout=2):
                webbrowser.open(address)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    logging.getLogger("rolecard.dashboard").warning("the dashboard did not answer at %s", address)
