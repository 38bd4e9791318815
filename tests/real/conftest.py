"""The real parts that the tests of this folder share: one authority, its web server, an empty cache for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.workshop import COMMAND, Office, Site, openssl


@pytest.fixture(scope="session", autouse=True)
def _command() -> None:
    if shutil.which(COMMAND) is None:
        pytest.skip("the openssl command is not on this machine")
    version = openssl("version")
    if not version.startswith(("OpenSSL 3", "OpenSSL 4")):
        pytest.skip(f"its options are those of OpenSSL 3; here is {version.strip()}")


@pytest.fixture(scope="session")
def site(_command: None) -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


@pytest.fixture(scope="session")
def root(_command: None, tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("real") / "root", "Real Root")


@pytest.fixture(scope="session")
def issuing(root: Office, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The second level: its certificate names the root's list, which is on the web server."""
    points = f"crlDistributionPoints = URI:{site.url('/root.crl')}"
    made = Office(tmp_path_factory.mktemp("real") / "issuing", "Real Issuing CA", root, points)
    site.pages["/root.crl"] = root.revocation_list()
    site.pages["/issuing.cer"] = made.certificate.read_bytes()
    return made


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache of the command line, empty."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("CERTGATE_CACHE", str(folder))
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    return folder
