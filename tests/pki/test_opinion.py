"""OpenSSL's second opinion on a path of issuers."""

from __future__ import annotations

from cryptography import x509

from certgate.pki.chains.opinion import objection
from tests.pki.authority import DAY, NOW, Authority, Dates

ROOT = Authority("Root CA")
MIDDLE = Authority("Issuing CA", ROOT)


def test_a_good_path_meets_no_objection() -> None:
    """Issuers first, the anchor last; one anchor alone is a path too."""
    assert objection((MIDDLE.certificate, ROOT.certificate), NOW) is None
    assert objection((ROOT.certificate,), NOW) is None


def test_openssl_judges_at_the_moment_asked_for() -> None:
    """The clock of the machine plays no part."""
    path = (MIDDLE.certificate, ROOT.certificate)
    assert objection(path, NOW + 4000 * DAY) == "certificate has expired"
    assert str(objection(path, NOW - 4000 * DAY)).startswith("certificate is not yet valid")


def test_a_wrong_issuer_is_objected_to() -> None:
    """Another root of the same name does not do."""
    assert objection((MIDDLE.certificate, Authority("Root CA").certificate), NOW) is not None


def test_a_path_that_is_too_long_for_its_root_is_objected_to() -> None:
    """OpenSSL's own rules count, not only its signatures."""
    root = Authority("Short Root", path_length=0)
    first = Authority("First", root)
    second = Authority("Second", first)
    third = Authority("Third", second)
    path = tuple(one.certificate for one in (third, second, first, root))
    assert objection(path, NOW) == "path length constraint exceeded"


def test_what_openssl_finds_critical_and_unknown_is_objected_to() -> None:
    """So nothing that only certgate overlooks gets through."""
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    middle = Authority("Odd CA", ROOT, extensions=[(unknown, True)], dates=Dates())
    assert objection((middle.certificate, ROOT.certificate), NOW) == "unhandled critical extension"


def test_an_authority_that_changed_its_key_meets_no_objection() -> None:
    """The new root, signed by the old one, has the same name: OpenSSL must not mistake one for the other."""
    old = Authority("Lasting Root")
    new = Authority("Lasting Root", old)
    middle = Authority("Issuing CA", new)
    path = tuple(one.certificate for one in (middle, new, old))
    assert objection(path, NOW) is None
    stranger = Authority("Lasting Root").certificate
    assert objection((middle.certificate, stranger, old.certificate), NOW) is not None
    assert objection((middle.certificate, new.certificate, stranger), NOW) is not None
