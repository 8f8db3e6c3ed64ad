"""The examples of docs/deploy.md as real proxies: on free ports, under a certificate made here."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.dashboards.test_serve import free_port

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "deploy"
NAME = "rolecard.clinic.example"
PROGRAMS = {
    "nginx": shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin"),
    "caddy": shutil.which("caddy"),
}


@dataclass(frozen=True)
class Proxy:
    """A proxy that listens. ``host``: its name and port as browsers write them; ``trust``: what
    its certificate is held against; ``log``: what it writes of requests, None where it does not."""

    kind: str
    port: int
    plain_port: int
    trust: ssl.SSLContext
    log: Path | None

    @property
    def host(self) -> str:
        return f"{NAME}:{self.port}"

    @property
    def origin(self) -> str:
        return f"https://{self.host}"


@contextmanager
def proxy(kind: str, folder: Path, rolecard_port: int) -> Iterator[Proxy]:
    """An example's proxy in front of a port of this machine."""
    certificate, key = certified(folder)
    ports = (free_port(), free_port())
    paths = {
        "/etc/ssl/rolecard/certificate.pem": str(certificate),
        "/etc/ssl/rolecard/key.pem": str(key),
        "127.0.0.1:8501": f"127.0.0.1:{rolecard_port}",
    }
    trust = ssl.create_default_context(cafile=str(certificate))
    starting = _nginx if kind == "nginx" else _caddy
    with starting(folder, paths, *ports) as log:
        yield Proxy(kind, ports[0], ports[1], trust, log)


def certified(folder: Path) -> tuple[Path, Path]:
    """A self-signed certificate for the examples' name, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    found = folder / "certificate.pem", folder / "key.pem"
    found[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    found[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return found


def _example(name: str, changes: dict[str, str]) -> str:
    """An example with what stands for this machine put in; each of it has to be there."""
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    for before, after in changes.items():
        assert before in text, f"{name} does not say {before}"
        text = text.replace(before, after)
    return text


@contextmanager
def _nginx(folder: Path, paths: dict[str, str], port: int, plain: int) -> Iterator[Path]:
    log = folder / "requests.log"
    site = _example(
        "nginx.conf",
        {
            **paths,
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
            "listen [::]:80;": "",
            "listen [::]:443 ssl;": "",
            "listen [::]:443 ssl default_server;": "",
            "/var/log/nginx/rolecard.log": str(log),
        },
    )
    (folder / "site.conf").write_text(site, encoding="utf-8")
    root = "user root;" if os.geteuid() == 0 else ""
    scratch = "".join(
        f"{part}_temp_path {folder / part};\n"
        for part in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = folder / "nginx.conf"
    whole.write_text(
        f"{root} worker_processes 1; pid {folder / 'nginx.pid'};\nevents {{}}\n"
        f"http {{\n{scratch}include {folder / 'site.conf'};\n}}\n",
        encoding="utf-8",
    )
    program = [str(PROGRAMS["nginx"]), "-p", str(folder), "-c", str(whole)]
    errors = ["-e", str(folder / "errors.log")]
    # It goes into the background once it listens.
    subprocess.run([*program, *errors], check=True, timeout=60)
    try:
        yield log
    finally:
        subprocess.run([*program, *errors, "-s", "stop"], check=True, timeout=60)


@contextmanager
def _caddy(folder: Path, paths: dict[str, str], port: int, plain: int) -> Iterator[None]:
    ours = f"{{\n\tadmin off\n\thttps_port {port}\n\thttp_port {plain}\n}}\n\n"
    config = folder / "Caddyfile"
    config.write_text(ours + _example("Caddyfile", paths), encoding="utf-8")
    process = subprocess.Popen(
        [str(PROGRAMS["caddy"]), "run", "--config", str(config), "--adapter", "caddyfile"],
        env={**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        said = []
        for line in process.stderr:
            said.append(line)
            if "serving initial configuration" in line:
                break
        else:
            raise AssertionError(f"caddy ended: {''.join(said)[-2000:]}")
        yield None
    finally:
        process.terminate()
        process.communicate(timeout=60)
