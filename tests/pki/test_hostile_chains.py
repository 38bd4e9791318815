"""Certificates, lists and answers made to keep certgate busy: each ends in a verdict at once, and none in a pass that
it does not deserve. What would take long here takes minutes where a bound is missing."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from certgate import api
from certgate.core.world import World
from certgate.pki import der
from certgate.pki.certificate import Certificate
from certgate.pki.stores.trust import TrustStore
from certgate.pki.verdict import Verdict
from tests.pki.authority import DAY, NOW, Authority, addresses, name_of

HOST = "http://ca.example"
ROOT = Authority("Root CA")
MIDDLE = Authority("Issuing CA", ROOT, extensions=addresses(crl=f"{HOST}/root.crl"))
STORE = TrustStore([ROOT.certificate], [MIDDLE.certificate])
FIRST = 1 << 40
"""The number of the first entry in a long list."""
UNKNOWN = ("OfflineRevocation", "RevocationStatusUnknown")

Answers = dict[str, bytes]


def verify(leaf: Certificate, answers: Answers, store: TrustStore = STORE, **options: Any) -> Verdict:
    """What comes of it with these answers, by path; the root's list is there."""
    given = {"root.crl": ROOT.revocation_list(), **answers}
    responses = {
        f"{HOST}/{path}": {"status": 200, "body": base64.b64encode(body).decode()} for path, body in given.items()
    }
    return api.verify(leaf, store, world=World(now=NOW, responses=responses), **options)


def url(path: object) -> x509.UniformResourceIdentifier:
    return x509.UniformResourceIdentifier(f"{HOST}/{path}")


def sequence(*parts: bytes) -> bytes:
    return der.wrap(der.SEQUENCE, b"".join(parts))


def test_a_list_for_each_of_a_hundred_certificates() -> None:
    """The longest path there is, once from addresses and once from the store."""
    authorities = [ROOT]
    lists: Answers = {}
    while len(authorities) < 100:
        at = len(authorities)
        lists[f"{at}.crl"] = authorities[-1].revocation_list()
        authorities.append(Authority(f"Authority {at}", authorities[-1], extensions=addresses(crl=f"{HOST}/{at}.crl")))
    lists["leaf.crl"] = authorities[-1].revocation_list()
    leaf = authorities[-1].issue(extensions=addresses(crl=f"{HOST}/leaf.crl"))
    issuers = [one.certificate for one in authorities[1:]]
    assert verify(leaf, lists, TrustStore([ROOT.certificate], issuers)).build is True
    stored = TrustStore([ROOT.certificate], issuers, lists.values())
    assert verify(leaf, {}, stored).build is True
    assert verify(leaf, {}, TrustStore([ROOT.certificate], issuers)).status == UNKNOWN


@pytest.mark.parametrize("stored", [False, True])
def test_ten_thousand_points_and_as_many_names(stored: bool) -> None:
    """Each would have to be compared with each, and none is the same."""
    points = [x509.DistributionPoint([url(f"{number}.crl")], None, None, None) for number in range(10_000)]
    names = [url(f"elsewhere/{number}.crl") for number in range(10_000)]
    scope = x509.IssuingDistributionPoint(names, None, False, False, None, False, False)
    leaf = MIDDLE.issue(extensions=[(x509.CRLDistributionPoints(points), False)])
    found = MIDDLE.revocation_list(extensions=[(scope, True)])
    lists = [found, ROOT.revocation_list()] if stored else []
    answers = {} if stored else {"0.crl": found}
    store = TrustStore([ROOT.certificate], [MIDDLE.certificate], lists)
    assert verify(leaf, answers, store).status == UNKNOWN


@pytest.mark.parametrize(
    ("method", "status"),
    [
        (x509.AuthorityInformationAccessOID.OCSP, UNKNOWN),
        (x509.AuthorityInformationAccessOID.CA_ISSUERS, ("PartialChain",)),
    ],
)
def test_ten_thousand_addresses(method: x509.ObjectIdentifier, status: tuple[str, ...]) -> None:
    """.NET asks the first, and nobody else."""
    access = [x509.AccessDescription(method, url(number)) for number in range(10_000)]
    leaf = MIDDLE.issue(extensions=[(x509.AuthorityInformationAccess(access), False)])
    missing = method == x509.AuthorityInformationAccessOID.CA_ISSUERS
    verdict = verify(leaf, {}, TrustStore([ROOT.certificate]) if missing else STORE)
    assert verdict.status == status
    assert [row.url for row in verdict.evidence if row.url != f"{HOST}/root.crl"] == [f"{HOST}/0"]


def test_issuers_without_end() -> None:
    """Each issuer that is fetched names where to get its own."""
    authorities = [Authority("Authority 0")]
    for number in range(1, 60):
        above = addresses(issuer=f"{HOST}/{number - 1}.cer")
        authorities.append(Authority(f"Authority {number}", authorities[-1], extensions=above))
    answers = {f"{number}.cer": one.certificate.der for number, one in enumerate(authorities)}
    leaf = authorities[-1].issue(extensions=addresses(issuer=f"{HOST}/59.cer"))
    verdict = verify(leaf, answers, TrustStore([authorities[0].certificate]), revocation="none")
    assert verdict.build is not True
    assert len(verdict.elements) < 30


def list_of(count: int, *, serial: int | None = None, extensions: bytes = b"") -> bytes:
    """A list with that many entries, signed; `serial` makes all of them entries of one number."""
    date = der.wrap(der.UTC_TIME, b"260501000000Z")
    entries = [
        sequence(der.wrap(der.INTEGER, (serial or FIRST + number).to_bytes(6, "big")), date, extensions)
        for number in range(count)
    ]
    parts = [part.raw for part in der.read(MIDDLE.revocation_list()).children()[0].children()]
    signed = sequence(*parts[:5], sequence(*entries), *parts[5:])
    signature = MIDDLE.key.sign(signed, ec.ECDSA(hashes.SHA256()))
    return sequence(signed, parts[1], der.wrap(der.BIT_STRING, b"\0" + signature))


def test_a_list_of_two_hundred_thousand_entries() -> None:
    """Good for whom it does not name, revoked for whom it does."""
    found = list_of(200_000)
    point = addresses(crl=f"{HOST}/long.crl")
    assert verify(MIDDLE.issue(extensions=point), {"long.crl": found}).build is True
    named = MIDDLE.issue(extensions=point, serial=FIRST + 199_999)
    assert verify(named, {"long.crl": found}).status == ("Revoked",)


@pytest.mark.parametrize(
    "body",
    [
        list_of(50_000, serial=FIRST),
        list_of(150_000, extensions=sequence(sequence(bytes.fromhex("06032a0304"), der.wrap(0x04, b"\x05\x00")))),
        b"\x30\x84\x01\x00\x00\x00" + b"\x30\x80" * (1 << 21),
        (b"\x30\x84" + (0xFFFFFF).to_bytes(4, "big")) * 500_000,
        b"-----BEGIN X509 CRL-----\n" * 100_000,
    ],
    ids=["one serial", "odd extensions", "endless lengths", "nested", "armour"],
)
def test_bodies_that_are_no_list_or_too_much_of_one(body: bytes) -> None:
    """No pass, whatever the reason."""
    leaf = MIDDLE.issue(extensions=addresses(crl=f"{HOST}/odd.crl"))
    assert verify(leaf, {"odd.crl": body}).build is not True


def response(certificates: int = 0) -> bytes:
    leaf, issuer = (x509.load_der_x509_certificate(one.der) for one in (ASKED, MIDDLE.certificate))
    dates: tuple[datetime, datetime] = (NOW - DAY, NOW + DAY)
    builder = ocsp.OCSPResponseBuilder().add_response(
        leaf, issuer, hashes.SHA1(), ocsp.OCSPCertStatus.GOOD, *dates, None, None
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, issuer)
    if certificates:
        builder = builder.certificates([issuer] * certificates)
    return builder.sign(MIDDLE.key, hashes.SHA256()).public_bytes(Encoding.DER)


ASKED = MIDDLE.issue(extensions=addresses(ocsp=f"{HOST}/ocsp"))


def repeated(count: int) -> bytes:
    """An answer that says the same that often."""
    status, outer = der.read(response()).children()
    kind, value = outer.children()[0].children()
    signed, algorithm, _ = der.read(value.content).children()[:3]
    responder, produced, singles = signed.children()[:3]
    signed_anew = sequence(responder.raw, produced.raw, sequence(singles.children()[0].raw * count))
    signature = der.wrap(der.BIT_STRING, b"\0" + MIDDLE.key.sign(signed_anew, ec.ECDSA(hashes.SHA256())))
    basic = der.wrap(der.OCTET_STRING, sequence(signed_anew, algorithm.raw, signature))
    return sequence(status.raw, der.wrap(0xA0, sequence(kind.raw, basic)))


@pytest.mark.parametrize("count", [1, 500, 10_000])
def test_many_answers_in_one(count: int) -> None:
    """Up to a bound; beyond it nothing is decided, since .NET has no such bound."""
    verdict = verify(ASKED, {"ocsp": repeated(count)})
    assert verdict.build is (True if count < 10_000 else None)
    assert verdict.build or "more than 1,000 answers, which is more than certgate reads" in verdict.evidence[0].detail


def test_many_certificates_in_an_answer() -> None:
    """As with answers."""
    assert verify(ASKED, {"ocsp": response(50)}).build is True
    assert verify(ASKED, {"ocsp": response(10_000)}).build is None


def test_thousands_of_names_for_the_issuer_of_a_list() -> None:
    """Every point names other issuers of lists than the one whose list came."""
    others = [x509.DirectoryName(name_of(f"Other {number}")) for number in range(20)]
    points = [x509.DistributionPoint([url("odd.crl")], None, None, others) for _ in range(500)]
    leaf = MIDDLE.issue(extensions=[(x509.CRLDistributionPoints(points), False)])
    assert verify(leaf, {"odd.crl": MIDDLE.revocation_list()}).evidence
