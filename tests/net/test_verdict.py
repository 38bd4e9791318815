"""A chain whose list stands on a server that fails: every fault ends in a verdict, and none of them in a good one."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

import certgate
from certgate.core.fetch import Given
from certgate.net.fetcher import fetcher_of
from certgate.pki.verdict import Verdict
from tests.net.server import Server, answer, redirect
from tests.net.test_client import FAULTS
from tests.pki.authority import DAY, NOW, Authority, Dates, addresses, revoked

ROOT = Authority("root of a test")
STORE = certgate.TrustStore(roots=[ROOT.certificate])
FLAGS = ("OfflineRevocation", "RevocationStatusUnknown")


def verdict(server: Server, cache: Path | None = None, store: certgate.TrustStore = STORE) -> Verdict:
    leaf = ROOT.issue(extensions=addresses(crl=server.url("/a.crl")))
    world = certgate.World(NOW, online=True, timeout=0.4, max_size=100_000, cache=cache)
    return certgate.verify(leaf, store, world=world)


@pytest.mark.parametrize("name", FAULTS)
def test_faults(name: str, tmp_path: Path) -> None:
    """Known ones are .NET's two flags; certgate's own limits leave it open. Nothing is kept, not even a part."""
    fault, error, _ = FAULTS[name]
    with Server({"/a.crl": fault}) as server:
        start = time.monotonic()
        found = verdict(server, tmp_path)
        assert time.monotonic() - start < 3
    assert found.build is (False if error else None)
    assert found.status == (FLAGS if error else ())
    assert found.settle == (() if error else ("--max-size BYTES",))
    assert list(tmp_path.iterdir()) == []


def test_nobody_there(tmp_path: Path) -> None:
    """A refused connection is .NET's two flags."""
    with Server() as server:
        pass
    found = verdict(server, tmp_path)
    assert (found.build, found.status) == (False, FLAGS)


def test_good_and_revoked(tmp_path: Path) -> None:
    """What the server says counts, by whatever status, type and redirect; the next run finds it in the cache."""
    with Server({"/a.crl": redirect("/b"), "/b": answer(ROOT.revocation_list(), "404 Not Found")}) as server:
        leaf = ROOT.issue(extensions=addresses(crl=server.url("/a.crl")))
        world = certgate.World(NOW, online=True, timeout=5, cache=tmp_path)
        first = certgate.verify(leaf, STORE, world=world)
        asked = list(server.paths)
        second = certgate.verify(leaf, STORE, world=certgate.World(NOW, cache=tmp_path))
        late = certgate.World(NOW + 30 * DAY, online=True, timeout=5, cache=tmp_path)
        dates = Dates(NOW + 29 * DAY, NOW + 40 * DAY)
        server.answers["/b"] = answer(ROOT.revocation_list(revoked(leaf), dates=dates))
        third = certgate.verify(leaf, STORE, world=late)
    assert (first.build, second.build, third.build, third.status) == (True, True, False, ("Revoked",))
    assert asked == ["/a.crl", "/b"]
    assert [row.given for row in second.evidence] == [Given.CACHE]
    assert [row.given for row in third.evidence] == [Given.NETWORK]


def test_a_stranger_is_not_asked_for(tmp_path: Path) -> None:
    """Below a root that is not in the store a private address is left alone; the missing root rejects anyway."""
    with Server({"/a.crl": answer(ROOT.revocation_list())}) as server:
        found = verdict(server, tmp_path, certgate.TrustStore())
        assert found.build is False
        assert server.requests == []


def test_a_missing_issuer_in_a_private_network() -> None:
    """Whether the certificate is trusted depends on the answer itself, so nobody private is asked unless told to."""
    issuing = Authority("issuing authority of a test", ROOT)
    with Server({"/ca": answer(issuing.certificate.der)}) as server:
        leaf = issuing.issue(extensions=addresses(issuer=server.url("/ca")))
        world = certgate.World(NOW, online=True, timeout=5)
        careful = certgate.verify(leaf, STORE, world=world, revocation="none")
        assert server.requests == []
        told = certgate.World(NOW, online=True, timeout=5, allow_private_network=True)
        found = certgate.verify(leaf, STORE, world=told, revocation="none")
    assert (careful.build, careful.settle) == (None, ("--allow-private-network",))
    assert (found.build, found.status) == (True, ())


def test_a_recorded_run_replays() -> None:
    """To the same verdict, at any time, without the network."""
    with Server({"/a.crl": redirect("/b"), "/b": answer(ROOT.revocation_list())}) as server:
        leaf = ROOT.issue(extensions=addresses(crl=server.url("/a.crl")))
        world = certgate.World(NOW, online=True, timeout=5)
        fetcher = fetcher_of(world)
        first = certgate.verify(leaf, STORE, world=certgate.World(NOW, fetcher=fetcher))
    again = certgate.verify(leaf, STORE, world=certgate.World(NOW, responses=json.loads(fetcher.recorded())))
    assert (first.build, first.status) == (again.build, again.status) == (True, ())
