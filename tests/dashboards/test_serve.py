"""Where the dashboard may be started, and with which settings."""

from __future__ import annotations

import re
import socket

import pytest

from dashboards.serve import check_address, settings
from dashboards.web.serving import LOOPBACK, Serving
from kpi.errors import InputError

HERE = Serving()
BEHIND = Serving(("rolecard.clinic.example",), "127.0.0.1")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "clinic.example", ""])
def test_without_tls_only_this_computer_is_served(host: str) -> None:
    with pytest.raises(InputError, match="--behind-proxy"):
        check_address(host, 8501, HERE)


def test_behind_a_proxy_any_address_of_this_computer_is_served() -> None:
    check_address("0.0.0.0", free_port(), BEHIND)
    assert settings("0.0.0.0", 8501, BEHIND)["server.allowedHosts"] == ["rolecard.clinic.example"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_free_port_of_this_computer_is_fine(host: str) -> None:
    check_address(host, free_port(), HERE)


def test_a_port_that_is_taken_is_said_with_another() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        with pytest.raises(InputError, match=f"--port {port + 1}"):
            check_address("127.0.0.1", port, HERE)


def test_nothing_is_sent_out_and_nothing_is_shown_to_strangers() -> None:
    found = settings("127.0.0.1", 8501, HERE)
    assert found["browser.gatherUsageStats"] is False
    assert found["client.showErrorDetails"] == "none"
    assert found["server.headless"] is True
    assert found["server.fileWatcherType"] == "none"
    assert found["server.maxUploadSize"] == 300
    assert set(found["server.allowedHosts"]) == set(LOOPBACK)
    assert found["server.enableXsrfProtection"] is True
    assert found["server.enableAgentApi"] is False


def test_streamlit_knows_every_setting() -> None:
    from streamlit import config

    config.get_config_options()
    known = set(config._config_options_template)
    assert set(settings("127.0.0.1", 8501, HERE)) <= known


def test_no_colour_of_the_theme_is_red_or_green() -> None:
    found = settings("127.0.0.1", 8501, HERE)
    for name in ("theme.light.redColor", "theme.dark.greenColor"):
        assert re.fullmatch("#(D55E00|0072B2)", found[name])
