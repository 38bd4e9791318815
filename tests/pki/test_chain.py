"""`X509Chain.Build` against what .NET answered: golden/chains.json, the public suites where they are at hand, and cases
that only a chain made for them can show."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from certgate.pki.certificate import Certificate
from certgate.pki.chains.chain import MAX_EXTRA, build
from certgate.pki.stores.trust import TrustStore
from certgate.pki.verdict import Origin, Revocation, RevocationScope, Verdict
from tests.pki.authority import DAY, NOW, Authority, Dates, addresses
from tests.pki.recordings import CHAIN_SUITES, CHAINS, all_loaded, chains, loaded

CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2"

MODES: dict[str, dict[str, Any]] = {
    "nocheck": {"revocation": Revocation.NONE, "downloads": False},
    "nocheck-clientauth": {"revocation": Revocation.NONE, "downloads": False, "purpose": CLIENT_AUTHENTICATION},
    "offline-cold": {"revocation": Revocation.OFFLINE, "downloads": False},
    "online": {},
    "online-entire-chain": {"scope": RevocationScope.ENTIRE_CHAIN},
    "online-end-only": {"scope": RevocationScope.END_CERTIFICATE_ONLY},
    "online-no-download": {"downloads": False},
}
DECIDED = ("nocheck", "nocheck-clientauth", "offline-cold")
"""The modes whose answers need nothing from the network."""
ELEMENTS_DIFFER = {
    ("ocsp/not-yet", "offline-cold"): "an OCSP answer of another case with the same names was in .NET's cache"
}


def judge(path: Path, case: dict[str, Any], mode: str) -> Verdict:
    pool = case["intermediates"] if "intermediates" in case else chains(path)["pools"][case["pool"]]
    leaf = loaded(case["leaf"])
    assert leaf is not None
    store = TrustStore(all_loaded(case["roots"]), all_loaded(pool))
    return build(leaf, store, now=datetime.fromisoformat(case["at"]), **MODES[mode])


def cases(path: Path, modes: tuple[str, ...]) -> list[Any]:
    return [
        pytest.param(path, case, mode, id=f"{case['id']}-{mode}")
        for case in chains(path)["cases"]
        for mode in modes
        if mode in case["expect"] and "by-aia" not in case["id"]
    ]


@pytest.mark.parametrize(("path", "case", "mode"), cases(CHAINS, DECIDED) + cases(CHAIN_SUITES, DECIDED))
def test_dotnet_gives_the_same_answer_flags_and_elements(path: Path, case: dict[str, Any], mode: str) -> None:
    """Where .NET throws, the certificate is refused."""
    expected, verdict = case["expect"][mode], judge(path, case, mode)
    if "error" in expected:
        assert verdict.build is False
        assert verdict.notes
        return
    assert (verdict.build, list(verdict.status)) == (expected["build"], expected["status"])
    if (case["id"], mode) not in ELEMENTS_DIFFER:
        found = [{"thumbprint": one.certificate.thumbprint, "status": list(one.status)} for one in verdict.elements]
        assert found == expected["elements"]
    assert all(len(element.reasons) == len(element.status) for element in verdict.elements)


@pytest.mark.parametrize(("path", "case", "mode"), cases(CHAINS, tuple(set(MODES) - set(DECIDED))))
def test_without_the_network_nothing_is_decided_otherwise_than_dotnet_does(
    path: Path, case: dict[str, Any], mode: str
) -> None:
    """An answer that hangs on the network is None; then the addresses that would settle it are named. Where dates alone
    refuse it, those of the open answers are named too."""
    expected, verdict = case["expect"][mode], judge(path, case, mode)
    assert verdict.build in (None, expected["build"])
    assert verdict.wanted or verdict.build is not None
    assert not verdict.wanted or verdict.status in ((), ("PartialChain",), ("NotTimeValid",))


ROOT = Authority("Root CA")
MIDDLE = Authority("Issuing CA", ROOT)
LEAF = MIDDLE.issue()
STORE = TrustStore([ROOT.certificate], [MIDDLE.certificate])


def verify(leaf: Certificate, store: TrustStore, **options: Any) -> Verdict:
    return build(leaf, store, **{"now": NOW, "revocation": Revocation.NONE, **options})


def flags(verdict: Verdict) -> list[list[str]]:
    return [list(element.status) for element in verdict.elements]


def test_the_same_question_gets_the_same_object() -> None:
    """Verdicts are remembered by leaf, store, time and settings."""
    assert verify(LEAF, STORE) is verify(Certificate(LEAF.der), STORE)
    assert verify(LEAF, STORE) is not verify(LEAF, STORE, now=NOW + DAY)


def test_elements_say_where_they_came_from() -> None:
    """Leaf, handshake and root, with the file of each where one is known."""
    root = Certificate(ROOT.certificate.der, source="trust/roots/root.cer")
    verdict = verify(LEAF, TrustStore([root]), extra=[MIDDLE.certificate])
    assert verdict.build is True
    assert [element.origin for element in verdict.elements] == [Origin.LEAF, Origin.HANDSHAKE, Origin.ROOTS]
    assert verdict.elements[2].origin_name == "trust/roots/root.cer"


def test_the_handshake_is_no_trust_anchor() -> None:
    """A root that a client sends along is not believed."""
    verdict = verify(LEAF, TrustStore(), extra=[MIDDLE.certificate, ROOT.certificate])
    assert flags(verdict) == [[], [], ["UntrustedRoot"]]


def test_no_more_than_a_bounded_number_of_sent_certificates_takes_part() -> None:
    """A client cannot make the path search as long as it likes."""
    noise = [Authority("Issuing CA", ROOT).certificate for _ in range(3)] * (MAX_EXTRA // 3 + 1)
    verdict = verify(LEAF, TrustStore([ROOT.certificate]), extra=[*noise, MIDDLE.certificate])
    assert verdict.status == ("PartialChain",)
    assert verdict.notes


def test_an_impostor_of_the_root_is_not_taken_for_it() -> None:
    """Same name, another key, self-signed: it ends the chain untrusted."""
    impostor = Authority("Root CA")
    leaf = impostor.issue()
    assert verify(leaf, TrustStore([ROOT.certificate], [impostor.certificate])).status == ("UntrustedRoot",)


def test_a_forged_signature_is_found_out() -> None:
    """Names and key identifiers can be copied, signatures cannot."""
    forged = Certificate(LEAF.der[:-1] + bytes([LEAF.der[-1] ^ 1]))
    assert flags(verify(forged, STORE)) == [["NotSignatureValid"], [], []]


def test_of_two_intermediates_the_one_in_time_is_taken() -> None:
    """An expired twin with the same key does not spoil the chain, wherever it stands."""
    expired = Authority("Issuing CA", ROOT, key=MIDDLE.key, dates=Dates(NOW - 100 * DAY, NOW - DAY))
    for twins in ([expired, MIDDLE], [MIDDLE, expired]):
        assert verify(LEAF, TrustStore([ROOT.certificate], [one.certificate for one in twins])).build is True


def test_a_cross_signed_intermediate_leads_to_the_root_that_is_trusted() -> None:
    """The other root's certificate for the same authority is passed over."""
    other = Authority("Other Root CA")
    crossed = Authority("Issuing CA", other, key=MIDDLE.key)
    store = TrustStore([other.certificate], [crossed.certificate])
    assert verify(LEAF, store).build is True
    assert verify(LEAF, TrustStore([ROOT.certificate], [crossed.certificate])).status == ("PartialChain",)


def test_a_loop_of_authorities_ends() -> None:
    """Two authorities that issued each other lead nowhere."""
    one, two = Authority("One"), Authority("Two")
    loop = [Authority("One", two, key=one.key), Authority("Two", one, key=two.key)]
    store = TrustStore([ROOT.certificate], [member.certificate for member in loop])
    assert verify(one.issue(), store).status == ("PartialChain",)


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        (Dates().end, "expired 0 seconds ago (2027-05-02 12:00 UTC)"),
        (Dates().end + 12 * DAY, "expired 12 days ago (2027-05-02 12:00 UTC)"),
        (Dates().start - DAY / 2, "becomes valid in 12 hours (2026-05-02 12:00 UTC)"),
    ],
)
def test_a_reason_has_figures(moment: datetime, reason: str) -> None:
    """The sentence says by how much and since when."""
    element = verify(LEAF, STORE, now=moment).elements[0]
    assert (element.status, element.reasons) == (("NotTimeValid",), (reason,))


def test_the_first_second_counts_and_fractions_do_not() -> None:
    """notBefore itself is valid; .NET compares whole seconds."""
    assert verify(LEAF, STORE, now=Dates().start).build is True
    assert verify(LEAF, STORE, now=Dates().end - DAY / 86400).build is True
    assert verify(LEAF, STORE, now=Dates().end.replace(microsecond=5)).build is False


def test_a_missing_issuer_with_an_address_is_undecided() -> None:
    """.NET would fetch it, unless downloads are off; an expired leaf is refused either way."""
    url = "http://ca.example/issuing.cer"
    leaf = MIDDLE.issue(extensions=addresses(issuer=url))
    store = TrustStore([ROOT.certificate])
    assert (verify(leaf, store).build, verify(leaf, store).wanted) == (None, (url,))
    assert verify(leaf, store, downloads=False).build is False
    assert verify(leaf, store, now=NOW + 3000 * DAY).build is False
    https = MIDDLE.issue(extensions=addresses(issuer="https://ca.example/issuing.cer"))
    assert verify(https, store).build is False


def test_a_purpose_counts_for_every_element() -> None:
    """An intermediate for servers only makes the whole chain unfit for clients."""
    servers = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.SERVER_AUTH])
    middle = Authority("Servers CA", ROOT, extensions=[(servers, False)])
    store = TrustStore([ROOT.certificate], [middle.certificate])
    verdict = verify(middle.issue(), store, purpose=CLIENT_AUTHENTICATION)
    assert flags(verdict) == [["NotValidForUsage"]] * 3
    assert verify(middle.issue(), store).build is True


def test_resources_of_the_internet_are_never_accepted() -> None:
    """A leaf with RFC 3779 extensions is refused, since nobody here evaluates them."""
    resources = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.5.5.7.1.8"), b"\x30\x00")
    assert verify(MIDDLE.issue(extensions=[(resources, False)]), STORE).build is False


def test_names_that_look_like_hosts_only_bind_end_certificates() -> None:
    """The common name of an intermediate is not held against DNS constraints, that of a leaf without DNS names is."""
    constraints = x509.NameConstraints([x509.DNSName("example.com")], None)
    root = Authority("Constrained Root", extensions=[(constraints, True)])
    middle = Authority("ca.example.org", root)
    store = TrustStore([root.certificate], [middle.certificate])
    assert verify(middle.issue("client.example.com"), store).build is True
    assert verify(middle.issue("client.example.org"), store).status == ("HasNotPermittedNameConstraint",)


def test_a_self_signed_certificate_among_the_roots_is_its_own_chain() -> None:
    """It need not be an authority; revocation is not asked of a root."""
    alone = Authority("client").certificate
    assert verify(alone, TrustStore([alone]), revocation=Revocation.ONLINE).build is True
    assert verify(alone, TrustStore()).status == ("UntrustedRoot",)


def test_system_roots_are_off_unless_asked_for() -> None:
    """With them the machine's public roots are anchors too."""
    assert verify(LEAF, TrustStore(system_roots=True)).status == ("PartialChain",)
