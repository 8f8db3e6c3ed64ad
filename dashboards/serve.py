"""Starts the dashboard: for this machine, or for whoever comes through a proxy that ends TLS."""

from __future__ import annotations

import logging
import socket
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from dashboards.web.serving import LOOPBACK, UPLOAD_MEGABYTES, Serving, serve_as
from kpi.errors import InputError
from kpi.report.theme import DARK, LIGHT, NEUTRAL, Palette
from kpi.store.event_log import note_event, write_events

_PATIENCE_SECONDS = 60
_PING_SECONDS = 30


def serve(
    host: str, port: int, serving: Serving, say: Callable[[str], None], browser: bool
) -> None:
    """Serves the dashboard until it is stopped. ``say`` is told the address once it answers;
    ``browser`` opens it then.

    Raises InputError for an address that others could reach without TLS, and a port that is taken.
    """
    check_address(host, port, serving)
    import uvicorn
    from streamlit.web import bootstrap

    bootstrap.load_config_options(settings(host, port, serving))
    serve_as(serving)
    write_events()
    from dashboards.web.app import app

    threading.Thread(target=_when_ready, args=(host, port, say, browser), daemon=True).start()
    config = uvicorn.Config(
        app(),
        host=host,
        port=port,
        ws="websockets-sansio",
        ws_ping_interval=_PING_SECONDS,
        ws_ping_timeout=_PING_SECONDS,
        proxy_headers=False,  # whom to believe about them, our own middleware knows
        server_header=False,
        access_log=False,
        log_config=None,
        log_level="warning",
    )
    try:
        uvicorn.Server(config).run()
    except KeyboardInterrupt:
        return


def check_address(host: str, port: int, serving: Serving) -> None:
    """Raises InputError unless the dashboard may and can listen there."""
    if host not in LOOPBACK and not serving.tls:
        raise InputError(
            f"'{host}' can be reached by others, and what travels to them has to be encrypted: put "
            "a proxy that ends TLS in front and say --behind-proxy, or leave --host out."
        )
    if not 1 <= port <= 65535:
        raise InputError(f"A port is a number from 1 to 65535, not {port}.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        try:
            probe.connect((host, port))
        except OSError:
            return
    raise InputError(
        f"Port {port} is in use by another program; choose another, for example --port {port + 1}."
    )


def settings(host: str, port: int, serving: Serving) -> dict[str, Any]:
    """Streamlit's settings as if given on its command line, which no file overrides."""
    return {
        "server.address": host,
        "server.port": port,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": UPLOAD_MEGABYTES,
        "server.showEmailPrompt": False,
        "server.enableStaticServing": False,
        "server.enableXsrfProtection": True,
        "server.enableCORS": True,
        "server.enableAgentApi": False,
        "server.scriptHealthCheckEnabled": False,
        "server.allowedHosts": list(serving.names),
        "browser.gatherUsageStats": False,
        "browser.serverAddress": serving.names[0] if serving.tls else host,
        "client.toolbarMode": "minimal",
        "runner.magicEnabled": False,
        # Python collects garbage by itself; a whole collection after each run of a page takes
        # three times as long as the run.
        "runner.postScriptGC": False,
        "client.showErrorDetails": "none",
        "client.showSidebarNavigation": False,
        "logger.level": "warning",
        "logger.messageFormat": "%(message)s",  # each is a whole event already
        "logger.enableRich": False,
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


def _when_ready(host: str, port: int, say: Callable[[str], None], browser: bool) -> None:
    address = f"http://{_reached(host)}:{port}"
    # No proxy of the machine stands between it and itself.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            with opener.open(f"{address}/health", timeout=2):
                say(address)
                note_event("started", host=host, port=port)
                if browser:
                    webbrowser.open(address)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    note_event("did not answer", logging.WARNING, address=address)


def _reached(host: str) -> str:
    """How this machine itself reaches the server, as an address has it."""
    try:
        found = ip_address(host)
    except ValueError:  # a name
        return host
    if found.is_unspecified:  # every address of the machine
        found = ip_address("::1" if found.version == 6 else "127.0.0.1")
    return f"[{found}]" if found.version == 6 else str(found)
