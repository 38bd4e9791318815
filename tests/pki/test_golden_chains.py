"""Revocation and missing issuers against what .NET answered, in every mode, with the recorded answers of the addresses:
golden/chains.json, and the public suites where they are at hand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from certgate.core.fetch import Fetcher
from certgate.pki.chains.chain import build
from certgate.pki.stores.trust import TrustStore
from certgate.pki.verdict import Revocation, RevocationScope, Verdict
from tests.pki.fetchers import Replay
from tests.pki.recordings import CHAIN_SUITES, CHAINS, all_loaded, chains, loaded

MODES: dict[str, dict[str, Any]] = {
    "nocheck": {"revocation": Revocation.NONE},
    "nocheck-clientauth": {"revocation": Revocation.NONE, "purpose": "1.3.6.1.5.5.7.3.2"},
    "offline-cold": {"revocation": Revocation.OFFLINE},
    "online": {},
    "online-entire-chain": {"scope": RevocationScope.ENTIRE_CHAIN},
    "online-end-only": {"scope": RevocationScope.END_CERTIFICATE_ONLY},
    "online-no-download": {"downloads": False},
    "offline": {"revocation": Revocation.OFFLINE},
}
DEVIATIONS = {
    ("ocsp/not-yet", "offline-cold"): ".NET had kept an OCSP answer of another case, which it looks up by names alone",
}
"""Cases in which the flags of elements differ, and why."""


def judge(path: Path, case: dict[str, Any], mode: str, fetcher: Fetcher) -> Verdict:
    pool = case["intermediates"] if "intermediates" in case else chains(path)["pools"][case["pool"]]
    leaf = loaded(case["leaf"])
    assert leaf is not None
    store = TrustStore(all_loaded(case["roots"]), all_loaded(pool))
    return build(leaf, store, now=datetime.fromisoformat(case["at"]), fetcher=fetcher, **MODES[mode])


@pytest.mark.parametrize(
    ("path", "case"),
    [pytest.param(path, case, id=case["id"]) for path in (CHAINS, CHAIN_SUITES) for case in chains(path)["cases"]],
)
def test_dotnet_gives_the_same_answer_in_every_mode(path: Path, case: dict[str, Any]) -> None:
    """In the order of recording, with one memory: what an earlier mode fetched, a later one may still have."""
    now = datetime.fromisoformat(case["at"])
    memory: dict[str, tuple[bytes, datetime]] = {}
    for mode, expected in case["expect"].items():
        verdict = judge(path, case, mode, Replay(case.get("http") or {}, now, memory=memory))
        if "error" in expected:
            assert verdict.build is False
            continue
        assert (mode, verdict.build, list(verdict.status)) == (mode, expected["build"], expected["status"])
        if (case["id"], mode) not in DEVIATIONS:
            found = [{"thumbprint": one.certificate.thumbprint, "status": list(one.status)} for one in verdict.elements]
            assert (mode, found) == (mode, expected["elements"])
        assert all(len(element.reasons) == len(element.status) for element in verdict.elements)
        assert (verdict.wanted, verdict.settle) == ((), ())
