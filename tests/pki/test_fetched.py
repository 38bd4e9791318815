"""Lists that addresses answered: what is read in an answer, what is kept, and how lists count for each other.

The rules themselves are compared with OpenSSL in `test_fetched_against_openssl`.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.ocsp import OCSPCertStatus

from certgate.pki import der
from certgate.pki.certificate import Certificate
from certgate.pki.chains.chain import build
from certgate.pki.revocation import fetched
from certgate.pki.stores.trust import TrustStore
from certgate.pki.verdict import Revocation, RevocationScope, Verdict
from tests.pki.authority import DAY, NOW, Authority, Dates, addresses, revoked
from tests.pki.fetchers import Replay
from tests.pki.random_lists import SIGNATURE, extension, moment
from tests.pki.responder import GOOD as GOOD_STATUS
from tests.pki.responder import REVOKED as REVOKED_STATUS
from tests.pki.responder import UNKNOWN as UNKNOWN_STATUS
from tests.pki.responder import answer, own

LIST, ROOT_LIST, RESPONDER = "http://ca.example/list.crl", "http://ca.example/root.crl", "http://ca.example/ocsp"
UNKNOWN = ["OfflineRevocation", "RevocationStatusUnknown"]

ROOT = Authority("Root CA", extensions=addresses(crl=ROOT_LIST))
MIDDLE = Authority("Issuing CA", ROOT, extensions=addresses(crl=ROOT_LIST))
LEAF = MIDDLE.issue(extensions=addresses(crl=LIST, ocsp=RESPONDER))
STORE = TrustStore([ROOT.certificate], [MIDDLE.certificate])
GOOD = {LIST: MIDDLE.revocation_list(), ROOT_LIST: ROOT.revocation_list()}
OLD = Dates(NOW - 9 * DAY, NOW - DAY)


def verify(responses: dict[str, bytes], leaf: Certificate = LEAF, **options: object) -> tuple[Verdict, Replay]:
    fetcher = Replay(responses, NOW, memory={})
    given = {"now": NOW, "fetcher": fetcher, **options}
    return build(leaf, STORE, **given), fetcher  # type: ignore[arg-type]


def flags(verdict: Verdict) -> list[list[str]]:
    return [list(element.status) for element in verdict.elements]


def without_end(*extensions: bytes) -> bytes:
    """A list that does not say until when it holds."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    parts = der.wrap(der.INTEGER, b"\x01") + SIGNATURE + MIDDLE.name.public_bytes() + moment(NOW - DAY)
    parts += der.wrap(0xA0, der.wrap(der.SEQUENCE, b"".join(extensions))) if extensions else b""
    signed = der.wrap(der.SEQUENCE, parts)
    signature = MIDDLE.key.sign(signed, ec.ECDSA(hashes.SHA256()))
    return der.wrap(der.SEQUENCE, signed + SIGNATURE + der.wrap(der.BIT_STRING, b"\0" + signature))


def test_der_and_pem_are_lists_and_nothing_else() -> None:
    """With bytes behind it, or text before it; a certificate is none."""
    body = GOOD[LIST]
    pem = x509.load_der_x509_crl(body).public_bytes(Encoding.PEM)
    for one in (body, body + b"\n", pem, b"\r\nlist\r\n" + pem.replace(b"\n", b"\r\n")):
        assert verify({**GOOD, LIST: one})[0].build is True
    certificate = MIDDLE.certificate.der
    for one in (b"", b"<html>", body[:-1], pem.replace(b"X509 CRL", b"CRL"), certificate, pem[40:]):
        assert fetched.read(one) is None
        assert flags(verify({**GOOD, LIST: one})[0]) == [UNKNOWN, [], []]


def test_a_list_without_end_holds_and_is_kept_three_days() -> None:
    """From the moment of fetching; one with an end until that moment."""
    endless, found = fetched.read(without_end()), fetched.read(GOOD[LIST])
    assert endless is not None
    assert found is not None
    assert verify({**GOOD, LIST: without_end()})[0].build is True
    assert fetched.fresh(endless, NOW - 3 * DAY + timedelta(seconds=1), NOW)
    assert not fetched.fresh(endless, NOW - 3 * DAY, NOW)
    assert fetched.fresh(found, NOW - 99 * DAY, NOW + 6 * DAY - timedelta(seconds=1))
    assert not fetched.fresh(found, NOW, NOW + 6 * DAY)


@pytest.mark.parametrize("named", [True, False])
def test_a_list_that_ran_out_may_revoke_but_not_clear(named: bool) -> None:
    """Fetched or kept: offline, .NET takes a list of any age."""
    old = MIDDLE.revocation_list(*([revoked(LEAF)] if named else []), dates=OLD)
    expected = [["Revoked"] if named else UNKNOWN, [], []]
    verdict, fetcher = verify({**GOOD, LIST: old})
    assert flags(verdict) == expected
    again, _ = verify({}, fetcher=fetcher, revocation=Revocation.OFFLINE)
    assert flags(again) == expected


def test_a_list_counts_for_all_whom_its_issuer_issued() -> None:
    """The list that the intermediate names, revokes the root too, where the root is in question."""
    both = {**GOOD, ROOT_LIST: ROOT.revocation_list(revoked(ROOT.certificate))}
    assert verify(both)[0].build is True
    verdict, fetcher = verify(both, scope=RevocationScope.ENTIRE_CHAIN)
    assert flags(verdict) == [UNKNOWN, UNKNOWN, ["Revoked"]]
    assert [element.revocation for element in verdict.elements] == ["unknown", "unknown", "revoked"]
    assert fetcher.asked == [LIST, ROOT_LIST]
    assert [one.result for one in verdict.evidence] == ["not used", "not used", "revoked"]


def test_a_root_is_never_unknown() -> None:
    """Its list gone, the rest good: nothing is wrong."""
    root = Authority("Root CA", extensions=addresses(crl="http://ca.example/gone.crl"))
    middle = Authority("Issuing CA", root, extensions=addresses(crl=LIST))
    fetcher = Replay({LIST: root.revocation_list(name=root.name)}, NOW)
    store = TrustStore([root.certificate])
    verdict = build(middle.certificate, store, now=NOW, fetcher=fetcher, scope=RevocationScope.ENTIRE_CHAIN)
    assert (verdict.build, fetcher.asked) == (True, [LIST, "http://ca.example/gone.crl"])


def twice() -> bytes:
    """A list with an extension twice, which certgate does not read."""
    number = extension("number", der.wrap(der.INTEGER, b"\x01"))
    return without_end(number, number)


def test_ocsp_does_not_clear_where_dotnet_may_read_a_revocation() -> None:
    """SECURITY: a list that perhaps certgate alone cannot read leaves the matter open, whatever else answers."""
    good = answer(own(MIDDLE), subject=LEAF, issuer=MIDDLE.certificate)
    long = der.read(GOOD[LIST]).content
    for body in (twice(), b"\x30\x84" + len(long).to_bytes(4, "big") + long, b"\x30\x80" + long + b"\0\0"):
        verdict, _ = verify({**GOOD, LIST: body, RESPONDER: good})
        assert (verdict.build, verdict.status, verdict.wanted) == (None, (), ())
        assert verdict.evidence[0].detail.startswith(f"certgate cannot read the list at {LIST}")
    for body in (b"garbage", twice()[:-1], MIDDLE.certificate.der, good):
        assert verify({**GOOD, LIST: body, RESPONDER: good})[0].build is True


@pytest.mark.parametrize("unknown", [True, False])
def test_a_list_that_is_not_known_counts_for_all_whom_its_issuer_issued(unknown: bool) -> None:
    """The root's own list may be newer than the one that clears the intermediate, or that revokes it."""
    own_list = "http://ca.example/own.crl"
    root = Authority("Root CA", key=ROOT.key, extensions=addresses(crl=own_list))
    store = TrustStore([root.certificate], [MIDDLE.certificate])
    for entries in ([], [revoked(MIDDLE.certificate)]):
        answers = {**GOOD, ROOT_LIST: root.revocation_list(*entries), own_list: twice()}
        fetcher = Replay(answers, NOW, unknown=(own_list,) if unknown else ())
        verdict = build(LEAF, store, now=NOW, fetcher=fetcher, scope=RevocationScope.ENTIRE_CHAIN)
        assert (verdict.build, verdict.wanted) == (None, (own_list,) if unknown else ())
        assert [element.revocation for element in verdict.elements] == ["good", "not answered", "not answered"]
        assert f"the list at {own_list} counts too" in verdict.evidence[1].detail


@pytest.mark.parametrize(
    ("ocsp", "expected"), [(None, UNKNOWN), (GOOD_STATUS, []), (REVOKED_STATUS, ["Revoked"]), (UNKNOWN_STATUS, UNKNOWN)]
)
def test_a_list_that_is_not_valid_yet(ocsp: OCSPCertStatus | None, expected: list[str]) -> None:
    """.NET takes it, but with the end certificate alone in question it asks OCSP too, and believes that."""
    early = {**GOOD, LIST: MIDDLE.revocation_list(dates=Dates(NOW + DAY, NOW + 9 * DAY))}
    if ocsp is not None:
        early[RESPONDER] = answer(own(MIDDLE), subject=LEAF, issuer=MIDDLE.certificate, status=ocsp)
    assert verify(early)[0].build is True
    verdict, _ = verify(early, scope=RevocationScope.END_CERTIFICATE_ONLY)
    assert flags(verdict) == [expected, [], []]
    unknown = Replay(early, NOW, unknown=(RESPONDER,))
    assert verify({}, fetcher=unknown, scope=RevocationScope.END_CERTIFICATE_ONLY)[0].build is None


def test_the_first_http_address_is_the_one() -> None:
    """An address that cannot be shown hands its place to nobody."""
    urls = ["ldap://ca.example/list", "https://ca.example/list", "http://ca.example/\x07", LIST]
    points = [x509.DistributionPoint([x509.UniformResourceIdentifier(url)], None, None, None) for url in urls]
    for count, expected in ((4, [UNKNOWN, [], []]), (2, [[], [], []])):
        leaf = MIDDLE.issue(extensions=[(x509.CRLDistributionPoints(points[:count] + points[3:]), False)])
        assert flags(verify(GOOD, leaf)[0]) == expected


def test_what_is_fetched_is_asked_for_once() -> None:
    """Two elements that name the same address."""
    upper = Authority("Upper CA", ROOT, extensions=addresses(crl=ROOT_LIST))
    leaf = upper.issue(extensions=addresses(crl=ROOT_LIST))
    fetcher = Replay(GOOD, NOW)
    verdict = build(leaf, TrustStore([ROOT.certificate], [upper.certificate]), now=NOW, fetcher=fetcher)
    assert (flags(verdict), fetcher.asked) == ([UNKNOWN, [], []], [ROOT_LIST])
    assert "is by another issuer than the certificate" in verdict.elements[0].reasons[0]
