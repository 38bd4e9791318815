"""What to do about a chain: one sentence for each cause, from what hides the rest down."""

from __future__ import annotations

import pytest

from certgate.core.value import replace
from certgate.gateway.certificates.chain_hints import chain_hints, date_hints, settle
from certgate.pki.stores.trust import TrustStore
from certgate.pki.verdict import ChainElement, Evidence, Origin, Verdict
from tests.gateway import authority

STORE = authority.store()
LIST = "http://pki.contoso.com/a.crl"
UNKNOWN = ("OfflineRevocation", "RevocationStatusUnknown")


def verdict(*flags: tuple[str, ...], build: bool | None = False, **members: object) -> Verdict:
    """The chain of leaf, issuer and root as far as flags are given."""
    certificates = (authority.client(), authority.issuing(), authority.root())
    elements = tuple(ChainElement(each, own, Origin.LEAF) for each, own in zip(certificates, flags, strict=False))
    status = tuple(sorted({flag for own in flags for flag in own}))
    return Verdict(build, status, elements, **members)  # type: ignore[arg-type]


def said(found: Verdict, store: TrustStore = STORE) -> str:
    return "\n".join(chain_hints(found, store))


def test_a_good_chain_needs_nothing() -> None:
    """Nothing is said of what is good, or of a verdict without a chain."""
    assert said(verdict((), (), (), build=True)) == ""
    assert said(Verdict(False, ("PartialChain",), ())) == ""


def test_a_missing_issuer() -> None:
    """Its name, what may get it, and how to give it."""
    missing = verdict(("PartialChain",))
    assert said(missing) == (
        f"the issuer 'CN={authority.ISSUER}, O=Contoso' is missing: certgate store add FILE, --intermediate FILE, "
        "or --root FILE where it is the root"
    )
    wanted = verdict(("PartialChain",), build=None, wanted=("http://pki.contoso.com/ca.cer",))
    assert "is missing: --online may get it; else certgate" in said(wanted)
    assert "the trust store has no root" in said(wanted, TrustStore())


def test_roots() -> None:
    """A root that is not in the store, a self-signed certificate, a store without roots."""
    assert "is not in the trust store: certgate store add root.cer --as root" in said(
        verdict((), (), ("UntrustedRoot",))
    )
    assert "the certificate is self-signed" in said(verdict(("UntrustedRoot",)))
    assert "the trust store has no root" in said(verdict(("UntrustedRoot",)), TrustStore())
    assert "the trust store has no root" not in said(verdict(("UntrustedRoot",)))


def test_revoked() -> None:
    """Of the certificate itself, and of an issuer."""
    assert "the client needs a new one" in said(verdict(("Revoked",), (), ()))
    below = Evidence("crl", authority.client().thumbprint, "not used", LIST, given="responses")
    found = said(verdict(UNKNOWN, ("Revoked",), (), evidence=(below,)))
    assert f"'CN={authority.ISSUER}, O=Contoso' is revoked" in found
    assert LIST not in found


def test_an_unknown_status() -> None:
    """Which address has to give what; and that another machine may reach it."""
    leaf = authority.client()

    def row(kind: str, result: str, **members: object) -> Evidence:
        return Evidence(kind, leaf.thumbprint, result, LIST, **members)  # type: ignore[arg-type]

    lists = verdict(UNKNOWN, (), (), evidence=(row("crl", "not fetched", given="network"),))
    assert f"{LIST} has to give a list of its issuer that is in date" in said(lists)
    assert "from this machine" in said(lists)
    assert "only the revocation status is missing" in said(lists)
    ocsp = verdict(UNKNOWN, (), (), evidence=(row("ocsp", "unknown", given="responses", size=5),))
    assert f"{LIST} has to give an OCSP answer" in said(ocsp)
    assert "from this machine" not in said(ocsp)
    unreachable = verdict(UNKNOWN, UNKNOWN, (), evidence=(row("crl", "not fetched"),))
    assert "let the gateway's network reach the addresses" in said(unreachable)
    assert LIST not in said(unreachable)
    assert "give the issuers' lists" in said(unreachable)
    both = verdict((*UNKNOWN, "NotTimeValid"), (), ())
    assert "only the revocation status is missing" not in said(both)


def test_dates() -> None:
    """A moment inside; an issuer outside its own."""
    (early,) = date_hints(authority.not_yet_valid(), authority.NOW)
    (late,) = date_hints(authority.expired(), authority.NOW)
    assert early.startswith("the certificate is not valid before ")
    assert late.startswith("the certificate expired ")
    assert list(date_hints(authority.client(), authority.NOW)) == []
    assert f"the issuer 'CN={authority.ISSUER}, O=Contoso' is outside its dates" in said(
        verdict((), ("NotTimeValid",), ())
    )


def unanswered(*urls: str, **members: object) -> Verdict:
    """A chain of which nobody has answered for the certificates below the root, whose lists have these addresses."""
    certificates = (authority.client(), authority.issuing(), authority.root())
    standings = ("not answered", "not answered", "")
    elements = tuple(
        ChainElement(each, (), Origin.LEAF, revocation=standing)
        for each, standing in zip(certificates, standings, strict=True)
    )
    evidence = tuple(
        Evidence("crl", each.thumbprint, "not fetched", url) for each, url in zip(certificates, urls, strict=False)
    )
    return Verdict(None, (), elements, evidence, urls, **members)  # type: ignore[arg-type]


def test_what_settles() -> None:
    """Options that lift a limit come first; without them those that ask, where an address is wanted."""
    open_ = unanswered(LIST, "http://pki.contoso.com/root.crl")
    assert settle(open_) == (
        "--online",
        "--responses FILE",
        "--crl a.crl --crl root.crl",
        "--revocation assume-good",
        "--revocation none",
    )
    limited = unanswered(LIST, settle=("--max-size BYTES",))
    assert settle(limited)[:2] == ("--max-size BYTES", "--crl a.crl --crl FILE")
    assert "--online" not in settle(limited)


def test_a_missing_issuer_is_settled_first() -> None:
    """Neither a list nor an assumption about revocation says anything where the issuer is not known."""
    missing = verdict(("PartialChain",), build=None)
    assert settle(missing) == ("--intermediate FILE",)
    wanted = verdict(("PartialChain",), build=None, wanted=("http://pki.contoso.com/ca.cer",))
    assert settle(wanted) == ("--online", "--responses FILE", "--intermediate FILE")


@pytest.mark.parametrize(
    "name",
    [
        *("a b.crl", "a;id.crl", "$(id).crl", "`id`.crl", "-rf.crl", "..crl", "get?name=x.crl", "&a.crl", "ä.crl"),
        *("a.crl#b", "x" * 200 + ".crl", "ocsp", "a.crl\n", "%41.crl", ""),
    ],
)
def test_no_part_of_an_address_that_a_shell_reads(name: str) -> None:
    """Addresses are strangers': only a plain name of a file stands in a command to type."""
    assert settle(unanswered(f"http://pki.contoso.com/{name}"))[2] == "--crl FILE --crl FILE"


def test_a_list_that_was_of_no_use() -> None:
    """The list that is given already is not asked for again."""
    stale = Evidence("crl", authority.client().thumbprint, "not used", rules="RFC 5280")
    found = unanswered(LIST, "http://pki.contoso.com/root.crl")
    assert settle(replace(found, evidence=(stale, *found.evidence)))[2] == "--crl FILE --crl root.crl"


def test_two_lists_of_one_name() -> None:
    """Two addresses that end alike are two files."""
    assert settle(unanswered("http://a.example/ca.crl", "http://b.example/ca.crl"))[2] == "--crl ca.crl --crl FILE"
