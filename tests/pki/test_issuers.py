"""Issuers that are missing, fetched from the address that the certificate names, as .NET on Linux does it."""

from __future__ import annotations

import base64

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from certgate.core.fetch import Answer, Given
from certgate.pki.certificate import Certificate
from certgate.pki.chains.chain import build
from certgate.pki.chains.issuers import MAX_DOWNLOADS
from certgate.pki.revocation.sources import silence
from certgate.pki.stores.trust import TrustStore
from certgate.pki.verdict import Origin, Revocation, Verdict
from tests.pki.authority import DAY, NOW, Authority, Dates, addresses
from tests.pki.fetchers import Replay

MIDDLE_AT, UPPER_AT = "http://ca.example/middle.cer", "http://ca.example/upper.cer"

ROOT = Authority("Root CA")
UPPER = Authority("Upper CA", ROOT)
MIDDLE = Authority("Issuing CA", UPPER, extensions=addresses(issuer=UPPER_AT))
LEAF = MIDDLE.issue(extensions=addresses(issuer=MIDDLE_AT))
STORE = TrustStore([ROOT.certificate])
BOTH = {MIDDLE_AT: MIDDLE.certificate.der, UPPER_AT: UPPER.certificate.der}


def verify(
    responses: dict[str, bytes], leaf: Certificate = LEAF, store: TrustStore = STORE, **options: object
) -> tuple[Verdict, Replay]:
    fetcher = Replay(responses, NOW, memory={})
    given = {"now": NOW, "revocation": Revocation.NONE, "fetcher": fetcher, **options}
    return build(leaf, store, **given), fetcher  # type: ignore[arg-type]


def pem(certificate: Certificate) -> bytes:
    return x509.load_der_x509_certificate(certificate.der).public_bytes(Encoding.PEM)


def test_one_issuer_leads_to_the_next() -> None:
    """Each is asked for at the address that the one below names; elements and evidence say where it came from."""
    verdict, fetcher = verify(BOTH)
    assert (verdict.build, fetcher.asked) == (True, [MIDDLE_AT, UPPER_AT])
    assert [element.origin for element in verdict.elements] == [
        Origin.LEAF,
        Origin.FETCHED,
        Origin.FETCHED,
        Origin.ROOTS,
    ]
    assert [element.origin_name for element in verdict.elements[1:3]] == [MIDDLE_AT, UPPER_AT]
    rows = [(one.kind, one.result, one.url, one.given, one.subject) for one in verdict.evidence]
    assert rows == [
        ("issuer", "fetched", MIDDLE_AT, "responses", LEAF.thumbprint),
        ("issuer", "fetched", UPPER_AT, "responses", MIDDLE.certificate.thumbprint),
    ]
    assert fetcher.trusted == {MIDDLE_AT: False, UPPER_AT: False}


def test_store_and_handshake_come_first() -> None:
    """What is at hand is not fetched."""
    verdict, fetcher = verify(BOTH, extra=[MIDDLE.certificate, UPPER.certificate])
    assert (verdict.build, fetcher.asked) == (True, [])
    verdict, fetcher = verify(BOTH, store=TrustStore([ROOT.certificate], [UPPER.certificate]))
    assert (verdict.build, fetcher.asked) == (True, [MIDDLE_AT])


@pytest.mark.parametrize("body", [pem(MIDDLE.certificate), b"some text\n" + pem(MIDDLE.certificate)])
def test_pem_is_read_too(body: bytes) -> None:
    """With whatever stands before it."""
    assert verify({**BOTH, MIDDLE_AT: body})[0].build is True


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"garbage",
        pkcs7.serialize_certificates([x509.load_der_x509_certificate(MIDDLE.certificate.der)], Encoding.DER),
        pkcs7.serialize_certificates([x509.load_der_x509_certificate(MIDDLE.certificate.der)], Encoding.PEM),
        pem(MIDDLE.certificate).replace(b"-----END", b"----END"),
    ],
    ids=["empty", "garbage", "PKCS#7", "PKCS#7 in PEM", "cut PEM"],
)
def test_anything_else_is_no_issuer(body: bytes) -> None:
    """The chain stays partial, decided, and the sentence says what the address gave."""
    verdict, fetcher = verify({**BOTH, MIDDLE_AT: body})
    assert (verdict.build, verdict.status, verdict.wanted) == (False, ("PartialChain",), ())
    assert fetcher.asked == [MIDDLE_AT]
    assert f"the certificate names {MIDDLE_AT} as where to get it, but " in verdict.elements[0].reasons[0]
    assert [one.result for one in verdict.evidence] == ["not used"]


def test_a_certificate_that_does_not_fit_ends_the_search() -> None:
    """.NET asks no second time."""
    verdict, fetcher = verify({MIDDLE_AT: Authority("Somebody").certificate.der})
    assert (verdict.status, fetcher.asked) == (("PartialChain",), [MIDDLE_AT])
    assert verdict.elements[0].reasons[0].endswith("but what that answers with is not its issuer")


def test_only_the_first_http_address_is_asked() -> None:
    """Other schemes are passed over; what the first does not give, the second is not asked for."""
    urls = ["ldap://ca.example/cn=x", "https://ca.example/middle.cer", "http://ca.example/one", MIDDLE_AT]
    services = x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(x509.AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier(url))
            for url in urls
        ]
    )
    leaf = MIDDLE.issue(extensions=[(services, False)])
    verdict, fetcher = verify(BOTH, leaf)
    assert (verdict.status, fetcher.asked) == (("PartialChain",), ["http://ca.example/one"])
    assert verify({**BOTH, urls[2]: MIDDLE.certificate.der}, leaf)[0].build is True


def test_redirects_are_followed_and_the_status_does_not_count() -> None:
    """What .NET gets in the end is looked at, whatever came before."""
    moved = {"status": 302, "headers": {"Location": "http://ca.example/moved"}}
    found = {"status": 404, "body": base64.b64encode(MIDDLE.certificate.der).decode()}
    replay = Replay({**BOTH, MIDDLE_AT: moved, "http://ca.example/moved": found}, NOW)
    assert build(LEAF, STORE, now=NOW, revocation=Revocation.NONE, fetcher=replay).build is True
    loop = Replay({MIDDLE_AT: {"status": 302, "headers": {"Location": MIDDLE_AT}}}, NOW)
    assert build(LEAF, STORE, now=NOW, revocation=Revocation.NONE, fetcher=loop).status == ("PartialChain",)


def test_an_expired_issuer_is_found_and_found_wanting() -> None:
    """It completes the path, and its date is the fault."""
    old = Authority("Issuing CA", ROOT, key=MIDDLE.key, dates=Dates(NOW - 100 * DAY, NOW - DAY))
    verdict, _ = verify({MIDDLE_AT: old.certificate.der})
    assert [list(element.status) for element in verdict.elements] == [[], ["NotTimeValid"], []]


def test_a_loop_of_authorities_ends() -> None:
    """Two that issued each other, each naming the other's address."""
    one, two = Authority("One"), Authority("Two")
    of_two = Authority("One", two, key=one.key, extensions=addresses(issuer=UPPER_AT))
    of_one = Authority("Two", one, key=two.key, extensions=addresses(issuer=MIDDLE_AT))
    leaf = one.issue(extensions=addresses(issuer=MIDDLE_AT))
    verdict, fetcher = verify({MIDDLE_AT: of_two.certificate.der, UPPER_AT: of_one.certificate.der}, leaf)
    assert verdict.status == ("PartialChain",)
    assert len(fetcher.asked) == 2


def test_no_endless_row_of_issuers_is_fetched() -> None:
    """SECURITY: a stranger's certificate cannot send certgate from address to address for ever."""
    responses: dict[str, bytes] = {}
    issuer = Authority("Far away")
    for number in range(MAX_DOWNLOADS + 5):
        issuer = Authority(f"CA {number}", issuer, extensions=addresses(issuer=f"http://ca.example/{number}.cer"))
        responses[f"http://ca.example/{number + 1}.cer"] = issuer.certificate.der
    leaf = issuer.issue(extensions=addresses(issuer=f"http://ca.example/{number + 1}.cer"))
    verdict, fetcher = verify(responses, leaf)
    assert (verdict.build, len(fetcher.asked)) == (None, MAX_DOWNLOADS)
    assert verdict.elements[-1].reasons[0].endswith(f"certgate fetches no more than {MAX_DOWNLOADS} issuers")


def test_without_downloads_only_what_was_kept_counts() -> None:
    """.NET keeps the issuers of a chain in which nothing was wrong."""
    verdict, fetcher = verify(BOTH, downloads=False)
    assert (verdict.build, verdict.status, verdict.evidence, fetcher.asked) == (False, ("PartialChain",), (), [])
    _, fetcher = verify(BOTH)
    asked = list(fetcher.asked)
    verdict, _ = verify({}, downloads=False, fetcher=fetcher)
    assert (verdict.build, fetcher.asked) == (True, asked)
    _, untrusted = verify(BOTH, store=TrustStore())
    verdict, _ = verify({}, store=TrustStore(), downloads=False, fetcher=untrusted)
    assert (len(verdict.elements), verdict.status) == (1, ("PartialChain",))


def test_what_may_not_be_asked_leaves_the_chain_undecided() -> None:
    """The address and the option that lifts the limit are named."""
    verdict = build(LEAF, STORE, now=NOW, fetcher=Replay(BOTH, NOW, unknown=(MIDDLE_AT,)))
    assert (verdict.build, verdict.wanted, verdict.settle) == (None, (MIDDLE_AT,), ("--allow-private-network",))
    verdict = build(LEAF, STORE, now=NOW)
    assert (verdict.build, verdict.wanted) == (None, (MIDDLE_AT,))
    assert verdict.elements[0].reasons[0].endswith(f"the certificate names {MIDDLE_AT} as where to get it")


@pytest.mark.parametrize(
    "body",
    [
        b"\x30\x80" + MIDDLE.certificate.der[4:] + b"\0\0",
        pem(MIDDLE.certificate).replace(b"\n", b"\n\n", 3),
        b"-----BEGIN KEY-----\nAAAA\n-----END KEY-----\n" + pem(MIDDLE.certificate),
    ],
    ids=["BER", "empty lines", "another block first"],
)
def test_what_certgate_alone_may_not_read_leaves_the_chain_undecided(body: bytes) -> None:
    """Its reader is stricter than the gateway's; there is nothing to ask for, so no address is named."""
    verdict, _ = verify({**BOTH, MIDDLE_AT: body})
    assert (verdict.build, verdict.status, verdict.wanted) == (None, ("PartialChain",), ())
    detail = f"certgate cannot read what {MIDDLE_AT} answers, and the gateway perhaps can"
    assert verdict.evidence[0].detail == detail
    assert verdict.elements[0].reasons[0].endswith(detail)
    kept, _ = verify({**BOTH, MIDDLE_AT: body}, downloads=False)
    assert (kept.build, kept.status) == (False, ("PartialChain",))


def test_an_address_that_gives_nothing_is_an_answer() -> None:
    """No connection, no time left: .NET would get the same, so the chain is refused."""
    verdict = build(LEAF, STORE, now=NOW, fetcher=Replay({MIDDLE_AT: {"error": "timeout"}}, NOW))
    assert (verdict.build, verdict.status) == (False, ("PartialChain",))
    assert "gave no answer: timeout" in verdict.elements[0].reasons[0]


def test_why_an_address_gives_nothing() -> None:
    """Once, with the address as what the sentence is about."""
    answer = Answer(MIDDLE_AT, Given.NETWORK, status=404, error="it answers 404 with nothing in it")
    assert silence(MIDDLE_AT, answer) == f"{MIDDLE_AT} answers 404 with nothing in it"
    assert silence(MIDDLE_AT, Answer(MIDDLE_AT, Given.NOBODY)) == f"{MIDDLE_AT} gave no answer"
