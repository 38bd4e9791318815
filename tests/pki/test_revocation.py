"""Revocation by the lists of the trust store (RFC 5280), and what is said where no list answers (spec 2.5)."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from certgate.pki.certificate import Certificate
from certgate.pki.chains.chain import build
from certgate.pki.stores.trust import StoredCrl, TrustStore
from certgate.pki.verdict import Revocation, RevocationScope, Verdict
from tests.pki.authority import DAY, NOW, Authority, Dates, addresses, name_of, new_key, revoked
from tests.pki.recordings import CHAIN_SUITES, all_loaded, chains, loaded

SUITES = chains(CHAIN_SUITES)
UNKNOWN = ["OfflineRevocation", "RevocationStatusUnknown"]
LIST_URL = "http://ca.example/list.crl"
OCSP_URL = "http://ca.example/ocsp"

ROOT = Authority("Root CA")
MIDDLE = Authority("Issuing CA", ROOT)
LEAF = MIDDLE.issue()
ADDRESSED = MIDDLE.issue(extensions=addresses(crl=LIST_URL, ocsp=OCSP_URL))
ROOT_LIST = ROOT.revocation_list()
GOOD_LIST = MIDDLE.revocation_list(revoked(MIDDLE.issue("somebody else")))


def verify(leaf: Certificate, *lists: bytes, **options: Any) -> Verdict:
    store = TrustStore([ROOT.certificate], [MIDDLE.certificate], lists)
    return build(leaf, store, **{"now": NOW, **options})


def flags(verdict: Verdict) -> list[list[str]]:
    return [list(element.status) for element in verdict.elements]


def test_a_fresh_list_that_does_not_name_it_is_good() -> None:
    """Every element below the root needs one; the evidence says which list spoke."""
    verdict = verify(LEAF, ROOT_LIST, GOOD_LIST)
    assert (verdict.build, verdict.status) == (True, ())
    assert [(one.kind, one.result, one.url) for one in verdict.evidence] == [("crl", "good", None)] * 2


def test_a_list_that_names_it_revokes() -> None:
    """Decided, address or not, with date and reason in the sentence."""
    reason = x509.CRLReason(x509.ReasonFlags.key_compromise)
    for leaf in (LEAF, ADDRESSED):
        named = StoredCrl(MIDDLE.revocation_list(revoked(leaf, (reason, False))), "crls/issuing.crl")
        verdict = verify(leaf, ROOT_LIST, named)
        assert (verdict.build, flags(verdict)) == (False, [["Revoked"], [], []])
        said = "revoked on 2026-05-31 12:00 UTC, reason keyCompromise, says crls/issuing.crl"
        assert verdict.elements[0].reasons == (said,)


def test_a_revocation_outweighs_a_list_that_does_not_name_it() -> None:
    """Whatever the order of the files."""
    bad = MIDDLE.revocation_list(revoked(LEAF))
    assert verify(LEAF, ROOT_LIST, GOOD_LIST, bad).status == ("Revoked",)
    assert verify(LEAF, ROOT_LIST, bad, GOOD_LIST).status == ("Revoked",)


def test_an_entry_removed_from_the_list_does_not_revoke() -> None:
    """removeFromCRL: the certificate is good again, to OpenSSL in a full list too."""
    back = x509.CRLReason(x509.ReasonFlags.remove_from_crl)
    assert verify(LEAF, ROOT_LIST, MIDDLE.revocation_list(revoked(LEAF, (back, False)))).build is True


def test_below_a_revoked_authority_nothing_is_known() -> None:
    """Like .NET: the authority is revoked, what it issued is unknown, list or not."""
    verdict = verify(LEAF, ROOT.revocation_list(revoked(MIDDLE.certificate)), GOOD_LIST)
    assert flags(verdict) == [UNKNOWN, ["Revoked"], []]


def test_a_list_by_the_same_authority_under_its_former_key_counts() -> None:
    """The path passes through both keys: new signed by old, old signed by the root."""
    renewed = Authority("Issuing CA", MIDDLE)
    store = TrustStore([ROOT.certificate], [renewed.certificate, MIDDLE.certificate], [ROOT_LIST, GOOD_LIST])
    assert build(renewed.issue(), store, now=NOW).build is True


def point(**parts: Any) -> x509.IssuingDistributionPoint:
    given = dict.fromkeys(
        ("only_contains_user_certs", "only_contains_ca_certs", "indirect_crl", "only_contains_attribute_certs"), False
    )
    nothing = {"full_name": None, "relative_name": None, "only_some_reasons": None}
    return x509.IssuingDistributionPoint(**{**nothing, **given, **parts})


UNKNOWN_EXTENSION = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
ELSEWHERE = [x509.UniformResourceIdentifier("http://ca.example/other.crl")]

UNUSABLE = {
    "ran out": MIDDLE.revocation_list(dates=Dates(NOW - 9 * DAY, NOW - DAY)),
    "ran out this second": MIDDLE.revocation_list(dates=Dates(NOW - 9 * DAY, NOW)),
    "not yet valid": MIDDLE.revocation_list(dates=Dates(NOW + DAY, NOW + 9 * DAY)),
    "another key": MIDDLE.revocation_list(key=new_key()),
    "another issuer": MIDDLE.revocation_list(name=name_of("Other CA")),
    "no number": MIDDLE.revocation_list(number=None),
    "delta": MIDDLE.revocation_list(number=2, extensions=[(x509.DeltaCRLIndicator(1), True)]),
    "authorities only": MIDDLE.revocation_list(extensions=[(point(only_contains_ca_certs=True), True)]),
    "attributes only": MIDDLE.revocation_list(extensions=[(point(only_contains_attribute_certs=True), True)]),
    "some reasons": MIDDLE.revocation_list(
        extensions=[(point(only_some_reasons=frozenset([x509.ReasonFlags.key_compromise])), True)]
    ),
    "elsewhere": MIDDLE.revocation_list(extensions=[(point(full_name=ELSEWHERE), True)]),
    "unknown critical extension": MIDDLE.revocation_list(extensions=[(UNKNOWN_EXTENSION, True)]),
    "unknown critical entry extension": MIDDLE.revocation_list(
        revoked(MIDDLE.issue("somebody else"), (UNKNOWN_EXTENSION, True))
    ),
}


@pytest.mark.parametrize("fault", UNUSABLE)
def test_a_list_that_cannot_be_used_is_no_evidence(fault: str) -> None:
    """Without an address the status stays unknown, decided; with one it is undecided."""
    verdict = verify(LEAF, ROOT_LIST, UNUSABLE[fault])
    assert (verdict.build, flags(verdict)) == (False, [UNKNOWN, [], []])
    assert verify(ADDRESSED, ROOT_LIST, UNUSABLE[fault]).build is None


@pytest.mark.parametrize("fault", sorted(UNUSABLE.keys() - {"another issuer"}))
def test_the_evidence_says_why_a_list_was_not_used(fault: str) -> None:
    """One row for each list of that issuer."""
    rows = [one for one in verify(LEAF, ROOT_LIST, UNUSABLE[fault]).evidence if one.subject == LEAF.thumbprint]
    assert [one.result for one in rows] == ["not used"]
    assert "cannot be used: " in rows[0].detail


def test_a_list_for_users_and_a_matching_point_count() -> None:
    """Limits that include the certificate do no harm."""
    here = [x509.UniformResourceIdentifier(LIST_URL)]
    limited = MIDDLE.revocation_list(extensions=[(point(full_name=here, only_contains_user_certs=True), True)])
    assert verify(ADDRESSED, ROOT_LIST, limited).build is True


def test_an_issuer_that_may_not_sign_lists_signs_none() -> None:
    """cRLSign is missing in its key usage."""
    silent = Authority("Silent CA", ROOT, crl_sign=False)
    lists = [ROOT_LIST, silent.revocation_list()]
    verdict = build(silent.issue(), TrustStore([ROOT.certificate], [silent.certificate], lists), now=NOW)
    assert flags(verdict) == [UNKNOWN, [], []]


def test_with_an_address_and_no_answer_it_is_undecided() -> None:
    """The addresses are named: lists first, as .NET fetches them, then OCSP; no flag is set yet."""
    verdict = verify(ADDRESSED, ROOT_LIST)
    assert (verdict.build, verdict.status, verdict.wanted) == (None, (), (LIST_URL, OCSP_URL))
    assert [(one.kind, one.url, one.result) for one in verdict.evidence if one.url] == [
        ("crl", LIST_URL, "not fetched"),
        ("ocsp", OCSP_URL, "not fetched"),
    ]


def test_an_undecided_element_does_not_hide_one_that_rejects() -> None:
    """The authority names no address at all, so it is decided."""
    verdict = verify(ADDRESSED)
    assert (verdict.build, flags(verdict), verdict.wanted) == (False, [[], UNKNOWN, []], ())


def test_what_is_rejected_anyway_is_not_undecided() -> None:
    """An expired leaf needs no answer from the network."""
    verdict = verify(MIDDLE.issue(dates=Dates(NOW - 9 * DAY, NOW - DAY), extensions=addresses(crl=LIST_URL)), ROOT_LIST)
    assert (verdict.build, verdict.status) == (False, ("NotTimeValid",))


@pytest.mark.parametrize("url", ["https://ca.example/list.crl", "ldap://ca.example/list"])
def test_only_http_addresses_are_asked(url: str) -> None:
    """.NET on Linux uses no other scheme."""
    assert verify(MIDDLE.issue(extensions=addresses(crl=url)), ROOT_LIST).build is False


@pytest.mark.parametrize(
    ("mode", "build_result", "status"),
    [
        (Revocation.OFFLINE, False, UNKNOWN),
        (Revocation.NONE, True, []),
        (Revocation.ASSUME_GOOD, True, []),
        (Revocation.ASSUME_REVOKED, False, ["Revoked"]),
        (Revocation.ASSUME_UNKNOWN, False, UNKNOWN),
    ],
)
def test_a_mode_settles_what_no_list_answers(mode: Revocation, build_result: bool, status: list[str]) -> None:
    """An assumption is said in the notes, and that a list from a file decided."""
    verdict = verify(ADDRESSED, ROOT_LIST, revocation=mode)
    assert (verdict.build, flags(verdict)[0]) == (build_result, status)
    assert len(verdict.notes) == (mode is not Revocation.NONE) + mode.startswith("assume")


def test_a_list_goes_before_an_assumption() -> None:
    """What is known is not assumed."""
    bad = MIDDLE.revocation_list(revoked(LEAF))
    assert verify(LEAF, ROOT_LIST, bad, revocation=Revocation.ASSUME_GOOD).status == ("Revoked",)


def test_the_scope_says_who_is_asked_about() -> None:
    """The end certificate only; all but the root; the root too, which is never unknown, but may be revoked."""
    own = ROOT.revocation_list(revoked(ROOT.certificate))
    only = RevocationScope.END_CERTIFICATE_ONLY
    assert verify(LEAF, GOOD_LIST, scope=only).build is True
    assert flags(verify(LEAF, GOOD_LIST)) == [[], UNKNOWN, []]
    assert verify(LEAF, ROOT_LIST, GOOD_LIST, scope=RevocationScope.ENTIRE_CHAIN).build is True
    assert flags(verify(LEAF, own, GOOD_LIST)) == [[], [], []]
    assert flags(verify(LEAF, own, GOOD_LIST, scope=RevocationScope.ENTIRE_CHAIN)) == [UNKNOWN, UNKNOWN, ["Revoked"]]


def test_a_long_list_is_read_once() -> None:
    """A list of 20,000 entries costs its reading at the first certificate only; the tens that follow share it."""
    named = MIDDLE.revocation_list(*map(numbered, range(1_000, 21_000)))
    leaves = [MIDDLE.issue(serial=serial) for serial in (20_999, 21_000)]
    assert [verify(leaf, ROOT_LIST, named).build for leaf in leaves] == [False, True]


def numbered(number: int) -> x509.RevokedCertificate:
    return x509.RevokedCertificateBuilder().serial_number(number).revocation_date(NOW - DAY).build()


@pytest.mark.parametrize(
    ("certificate", "store", "full", "without"),
    [
        (LEAF, TrustStore([ROOT.certificate], [MIDDLE.certificate]), False, True),
        (LEAF, TrustStore([ROOT.certificate], [MIDDLE.certificate], [ROOT_LIST, GOOD_LIST]), True, True),
        (LEAF, TrustStore(), False, False),
        (LEAF, TrustStore([ROOT.certificate]), False, False),
        (ROOT.certificate, TrustStore(), False, False),
        (ROOT.certificate, TrustStore([ROOT.certificate]), True, True),
        (
            MIDDLE.issue(dates=Dates(NOW - 9 * DAY, NOW - DAY)),
            TrustStore([ROOT.certificate], [MIDDLE.certificate]),
            False,
            False,
        ),
    ],
    ids=[
        "private CA",
        "private CA with lists",
        "not uploaded",
        "intermediate missing",
        "self-signed, not uploaded",
        "self-signed, uploaded",
        "expired",
    ],
)
def test_the_table_of_verify_and_verify_no_revocation(
    certificate: Certificate, store: TrustStore, full: bool, without: bool
) -> None:
    """Spec 2.5, row by row, as far as no network is needed."""
    assert build(certificate, store, now=NOW).build is full
    assert build(certificate, store, now=NOW, revocation=Revocation.NONE).build is without


NOT_LOADED = "pkits/ValidDSAParameterInheritanceTest5EE"
"""Neither .NET nor cryptography can load a DSA key that inherits its parameters."""


@pytest.mark.parametrize("case", [one for one in SUITES["cases"] if "suite_says" in one], ids=lambda one: one["id"])
def test_the_authors_of_the_suites_agree(case: dict[str, Any]) -> None:
    """With the lists at hand; nothing that they refuse is accepted."""
    pool = case["intermediates"] if "intermediates" in case else SUITES["pools"][case["pool"]]
    lists = case["crls"] if "crls" in case else SUITES["crl_pools"][case["pool"]]
    members = [all_loaded(listed) for listed in (case["roots"], pool)]
    store = TrustStore(*members, [base64.b64decode(one) for one in lists])
    leaf = loaded(case["leaf"])
    assert leaf is not None
    verdict = build(leaf, store, now=datetime.fromisoformat(case["at"]))
    assert verdict.build is (case["suite_says"] and case["id"] != NOT_LOADED)


def other_ends() -> dict[str, str]:
    """End certificates of PKITS that are recorded without a chain, apart from those about policies, which nobody asks
    for here."""
    path = CHAIN_SUITES.with_name("certs-suites.json")
    rows = json.loads(path.read_text(encoding="utf-8"))["certificates"] if path.exists() else []
    ends = {Path(row["id"]).stem: row["der"] for row in rows if row["id"].endswith("EE.crt")}
    known = {Path(case["id"]).name for case in SUITES["cases"]}
    return {name: ends[name] for name in ends.keys() - known if "olic" not in name and name[:4] in ("Vali", "Inva")}


@pytest.mark.parametrize("name", sorted(other_ends()))
def test_the_name_of_an_end_certificate_tells_what_the_suite_expects(name: str) -> None:
    """Valid or invalid, with all lists of the suite at hand."""
    [roots] = {tuple(case["roots"]) for case in SUITES["cases"] if case.get("pool") == "pkits"}
    members = [all_loaded(listed) for listed in (roots, SUITES["pools"]["pkits"])]
    store = TrustStore(*members, [base64.b64decode(one) for one in SUITES["crl_pools"]["pkits"]])
    leaf = loaded(other_ends()[name])
    assert leaf is not None
    assert build(leaf, store, now=NOW).build is name.startswith("Valid")


def test_what_keeps_dotnet_from_asking_is_named() -> None:
    """A root that is trusted may carry a broken signature: .NET takes that flag back, but asks nobody any more."""
    broken = ROOT.certificate.der[:-1] + bytes([ROOT.certificate.der[-1] ^ 1])
    store = TrustStore([Certificate(broken)], [MIDDLE.certificate], [ROOT_LIST, GOOD_LIST])
    verdict = build(LEAF, store, now=NOW)
    assert (verdict.build, flags(verdict)) == (False, [UNKNOWN, UNKNOWN, []])
    said = "revocation is not looked into: .NET stops at a fault of CN=Root CA (it is self-signed, but"
    assert verdict.elements[0].reasons[0].startswith(said)
