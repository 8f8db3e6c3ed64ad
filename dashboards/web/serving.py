"""How this server was started: said once, before it answers, and read by its routes and pages."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.web.openid_settings import Provider

UPLOAD_MEGABYTES = 300
"""The largest file that a page takes."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Serving:
    """``names``: by which browsers reach the server; ``proxy``: the address of the one that ends
    TLS in front of it, None where there is none; ``demo``: sample practices, shown passphrases;
    ``openid``: the organisation's provider, None where there is none."""

    names: tuple[str, ...] = LOOPBACK
    proxy: str | None = None
    demo: bool = False
    openid: Provider | None = None

    @property
    def tls(self) -> bool:
        """Whether browsers come by HTTPS, and by nothing else."""
        return self.proxy is not None


_serving = Serving()


def serving() -> Serving:
    """How this server was started."""
    return _serving


def serve_as(found: Serving) -> None:
    """Says how this server is started."""
    global _serving  # noqa: PLW0603 -- one process serves one way
    _serving = found
