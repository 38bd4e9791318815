"""Fetched lists against OpenSSL's own: what it clears, revokes or leaves open for an end certificate, certgate does.

Lists are drawn by numbers, the same in every run: another issuer, key or date, scopes and reasons of all kinds,
critical extensions, entries with reasons and issuers of their own. Left out is what OpenSSL's releases differ in: delta
lists, the very second at which a list ends, and lists that OpenSSL 4 does not read.
"""

from __future__ import annotations

import base64
import random
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from OpenSSL import crypto

from certgate import api
from certgate.core.world import World
from certgate.pki.certificate import Certificate
from certgate.pki.stores.trust import TrustStore
from tests.pki.authority import DAY, NOW, Authority, Dates, name_of, new_key

UNKNOWN = ("OfflineRevocation", "RevocationStatusUnknown")
REVOKED = ("Revoked",)
IGNORED = (11, 44)
"""OpenSSL's numbers that .NET passes over: a list of the future, and another scope, which it says once more."""
REVOKED_NUMBER = 23

ROOT = Authority("Root")
MIDDLE = Authority("Middle", ROOT)
ANOTHER = Authority("Middle", ROOT)
"""The same name with another key."""
ODD = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
POINT = "http://ca.example/one.crl"
REASONS = [flag for flag in x509.ReasonFlags if flag.name not in ("unspecified", "remove_from_crl")]


@cache
def stranger() -> ec.EllipticCurvePrivateKey:
    return new_key()


def uri(path: str = "one") -> x509.UniformResourceIdentifier:
    return x509.UniformResourceIdentifier(f"http://ca.example/{path}.crl")


class Drawn:
    """A certificate and a list, drawn with the numbers of one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - the same lists in every run
        self.bent = self.random.choice([0.05, 0.15, 0.3])

    def odd(self, share: float = 1) -> bool:
        return self.random.random() < self.bent * share

    def reasons(self) -> frozenset[x509.ReasonFlags]:
        return frozenset(REASONS if self.odd() else self.random.sample(REASONS, self.random.choice([1, 3, 5, 7])))

    def certificate(self) -> Certificate:
        points = [self.point() for _ in range(self.random.choice([1, 1, 1, 2, 3]))]
        extensions: list[tuple[x509.ExtensionType, bool]] = [(x509.CRLDistributionPoints(points), False)]
        if self.odd():
            return Authority("Sub", MIDDLE, extensions=extensions).certificate
        return MIDDLE.issue(extensions=extensions, serial=self.random.choice([7, 7, 8]))

    def point(self) -> x509.DistributionPoint:
        names: list[x509.GeneralName] = [uri()]
        if self.odd():
            names.append(x509.DirectoryName(name_of("point")))
        issuer = [x509.DirectoryName(self.random.choice([MIDDLE, ROOT]).name)] if self.odd() else None
        return x509.DistributionPoint(names, None, self.reasons() if self.odd() else None, issuer)

    def list(self) -> bytes:
        issuer = ROOT if self.odd(0.7) else MIDDLE
        dates = Dates(NOW - DAY, NOW + DAY)
        if self.odd():
            dates = self.random.choice([Dates(NOW - 9 * DAY, NOW - DAY), Dates(NOW + DAY, NOW + 3 * DAY)])
        entries = [self.entry(serial) for serial in (7, 9) if self.random.random() < 0.25]
        key = self.random.choice([ROOT.key, ANOTHER.key, stranger()]) if self.odd(0.6) else MIDDLE.key
        number = None if self.odd() else 5
        return issuer.revocation_list(*entries, dates=dates, number=number, extensions=self.extensions(), key=key)

    def extensions(self) -> list[tuple[x509.ExtensionType, bool]]:
        found: list[tuple[x509.ExtensionType, bool]] = []
        if self.random.random() < 0.7:
            signer = self.random.choice([ROOT, ANOTHER]) if self.odd() else MIDDLE
            found.append((x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key()), False))
        if self.odd(0.5):
            found.append((ODD, True))
        if self.odd(2):
            found += self.scope()
        return found

    def scope(self) -> list[tuple[x509.ExtensionType, bool]]:
        names = self.random.choice([None, [uri()], [uri("two"), uri("three")], [x509.DirectoryName(name_of("point"))]])
        kind = self.random.choice(["users", "authorities", "attributes", "reasons", "indirect", "", ""])
        if not kind and names is None:
            return []
        some = self.reasons() if kind == "reasons" else None
        users, authorities, indirect, attributes = (
            kind == one for one in ("users", "authorities", "indirect", "attributes")
        )
        made = x509.IssuingDistributionPoint(names, None, users, authorities, some, indirect, attributes)
        return [(made, self.random.random() < 0.8)]

    def entry(self, serial: int) -> x509.RevokedCertificate:
        builder = x509.RevokedCertificateBuilder(serial, NOW - DAY)
        if self.random.random() < 0.5:
            builder = builder.add_extension(x509.CRLReason(self.random.choice(list(x509.ReasonFlags))), False)
        if self.odd(0.7):
            named = [x509.DirectoryName(self.random.choice([MIDDLE, ROOT]).name)]
            builder = builder.add_extension(x509.CertificateIssuer(named), self.random.random() < 0.8)
        if self.odd(0.3):
            builder = builder.add_extension(ODD, True)
        return builder.build()


def openssl(leaf: Certificate, found: bytes) -> int | None:
    """OpenSSL's number for the end certificate with this list, 0 where it is cleared; None where it reads no list."""
    store = crypto.X509Store()
    store.add_cert(_read(ROOT.certificate))
    store.set_time(NOW)
    store.set_flags(crypto.X509StoreFlags.CRL_CHECK)
    try:
        store.add_crl(x509.load_der_x509_crl(found))
        crypto.X509StoreContext(store, _read(leaf), [_read(MIDDLE.certificate)]).verify_certificate()
    except crypto.X509StoreContextError as error:
        return int(error.errors[0])
    except crypto.Error:
        return None
    return 0


def _read(certificate: Certificate) -> crypto.X509:
    return crypto.load_certificate(crypto.FILETYPE_ASN1, certificate.der)


def certgate(leaf: Certificate, found: bytes) -> tuple[str, ...]:
    """The flags of the end certificate where its address answers with this list."""
    store = TrustStore([ROOT.certificate], [MIDDLE.certificate])
    responses = {POINT: {"status": 200, "body": base64.b64encode(found).decode()}}
    return api.verify(leaf, store, world=World(now=NOW, responses=responses)).elements[0].status


@pytest.mark.parametrize("first", range(0, 600, 100))
def test_a_list_says_what_openssl_reads_in_it(first: int) -> None:
    """Cleared by both or by neither; where OpenSSL finds a revocation first and nothing else, so does certgate."""
    for seed in range(first, first + 100):
        drawn = Drawn(seed)
        leaf, found = drawn.certificate(), drawn.list()
        number, status = openssl(leaf, found), certgate(leaf, found)
        if number is None or number in IGNORED:
            continue
        assert (seed, status == ()) == (seed, number == 0)
        if number == REVOKED_NUMBER:
            assert (seed, status) == (seed, REVOKED)
        elif number:
            assert status in (UNKNOWN, REVOKED), seed
