"""Every candidate path: which are found, which .NET takes, who is refused and why, and that a mesh has an end."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from certgate.pki.certificate import Certificate
from certgate.pki.chains import alternatives
from certgate.pki.chains.alternatives import MAX_CANDIDATES, MAX_PATHS
from certgate.pki.chains.candidates import Alternatives
from certgate.pki.chains.chain import build
from certgate.pki.stores.trust import TrustStore
from certgate.pki.verdict import Revocation
from certgate.report.page import Page, plain
from certgate.report.paths import document, paths
from tests.pki.authority import DAY, NOW, Authority, Dates, name_of, new_key

ROOT = Authority("Root CA")
MIDDLE = Authority("Issuing CA", ROOT)
LEAF = MIDDLE.issue()
PAST = Dates(NOW - 100 * DAY, NOW - DAY)


def find(
    leaf: Certificate, roots: list[Authority], others: list[Authority], extra: Iterable[Certificate] = ()
) -> Alternatives:
    return find_in(TrustStore([one.certificate for one in roots], [one.certificate for one in others]), leaf, extra)


def find_in(store: TrustStore, leaf: Certificate, extra: Iterable[Certificate] = ()) -> Alternatives:
    taken = build(leaf, store, now=NOW, extra=extra, revocation=Revocation.NONE)
    return alternatives.find(leaf, store, now=NOW, taken=taken, extra=extra)


def shape(found: Alternatives) -> list[tuple[bool, tuple[str, ...]]]:
    return [(path.taken, path.verdict.status) for path in found.paths]


def named(certificate: Certificate, source: str) -> Certificate:
    return Certificate(certificate.der, source=source)


def test_one_path_is_the_one_that_dotnet_takes() -> None:
    """Nothing else to say where there is no choice."""
    found = find(LEAF, [ROOT], [MIDDLE])
    assert shape(found) == [(True, ())]
    assert (found.message, found.advice, found.refusals) == ("the path that .NET takes is trusted", "", ())


def test_a_good_path_beside_the_one_taken_is_named_with_what_makes_dotnet_take_it() -> None:
    """A cross-certificate whose root is not trusted comes first; the way to the trusted root is there all the same."""
    other = Authority("Other Root")
    crossed = Authority("Issuing CA", other, key=MIDDLE.key)
    wrong, right = named(crossed.certificate, "a.cer"), named(MIDDLE.certificate, "b.cer")
    store = TrustStore([ROOT.certificate], [wrong, right, other.certificate])
    found = find_in(store, LEAF)
    assert shape(found) == [(True, ("UntrustedRoot",)), (False, ())]
    assert found.message == (
        "a path through CN=Issuing CA (b.cer) would be trusted, but .NET takes the first fitting candidate,"
        " CN=Issuing CA (a.cer), and does not go back"
    )
    assert found.advice == "without CN=Issuing CA (a.cer) .NET takes the path through CN=Issuing CA (b.cer)"


def test_an_expired_twin_is_shown_as_a_path_of_its_own() -> None:
    """.NET takes the one in time; the other would not do."""
    twin = Authority("Issuing CA", ROOT, key=MIDDLE.key, dates=PAST)
    found = find(LEAF, [ROOT], [twin, MIDDLE])
    assert shape(found) == [(True, ()), (False, ("NotTimeValid",))]
    assert found.message == "the path that .NET takes is trusted"


def test_no_advice_is_given_that_would_not_work() -> None:
    """With two wrong candidates, leaving out one of them does not help."""
    other = Authority("Other Root")
    crossed = [Authority("Issuing CA", other, key=MIDDLE.key) for _ in range(2)]
    found = find(LEAF, [ROOT], [*crossed, MIDDLE, other])
    assert [path.verdict.build for path in found.paths] == [False, False, True]
    assert "does not go back" in found.message
    assert found.advice == ""


def test_a_rekeyed_authority_is_refused_by_its_key_identifier() -> None:
    """The right name, but another key: said so, and no path."""
    rekeyed = Authority("Issuing CA", ROOT)
    found = find(LEAF, [ROOT], [rekeyed])
    assert shape(found) == [(True, ("PartialChain",))]
    [refusal] = found.refusals
    assert (refusal.below, refusal.candidate) == (LEAF, rekeyed.certificate)
    assert refusal.reason == "named as the issuer, but another key identifier"


def bare(issuer: Authority, *extensions: x509.ExtensionType) -> Certificate:
    """A certificate with just these extensions, none of them critical."""
    key = new_key().public_key()
    builder = x509.CertificateBuilder(issuer.name, name_of("client"), key, 7, NOW - DAY, NOW + DAY)
    for extension in extensions:
        builder = builder.add_extension(extension, False)
    return Certificate(builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER))


def test_a_candidate_whose_key_did_not_sign_is_refused_unless_dotnet_takes_it() -> None:
    """.NET looks at names and identifiers only, and finds the wrong signature when it is too late."""
    leaf, impostor = bare(MIDDLE), Authority("Issuing CA", ROOT)
    found = find(leaf, [ROOT], [impostor, MIDDLE])
    assert shape(found) == [(True, ("NotSignatureValid",)), (False, ())]
    assert found.refusals == ()
    assert found.advice
    found = find(leaf, [ROOT], [MIDDLE, impostor])
    assert shape(found) == [(True, ())]
    assert [refusal.reason for refusal in found.refusals] == [
        "name and key identifier fit, but its key did not make the signature"
    ]


@pytest.mark.parametrize(
    ("identifier", "reason"),
    [
        (
            x509.AuthorityKeyIdentifier(None, [x509.DirectoryName(ROOT.name)], 99),
            "named as the issuer, but another serial number is asked for",
        ),
        (
            x509.AuthorityKeyIdentifier(
                None,
                [x509.DirectoryName(x509.Name([]))],
                int.from_bytes(MIDDLE.certificate.serial_bytes, "big"),
            ),
            "named as the issuer, but an issuer of another name is asked for",
        ),
    ],
)
def test_what_an_authority_key_identifier_asks_for(identifier: x509.AuthorityKeyIdentifier, reason: str) -> None:
    """It may name its issuer's certificate by serial number and issuer."""
    leaf = bare(MIDDLE, identifier)
    found = find(leaf, [ROOT], [MIDDLE])
    assert [refusal.reason for refusal in found.refusals] == [reason]


def test_a_loop_of_authorities_ends_and_is_called_one() -> None:
    """Two authorities that issued each other, beside a way out."""
    one, two = Authority("One"), Authority("Two")
    loop = [Authority("One", two, key=one.key), Authority("Two", one, key=two.key)]
    out = Authority("One", ROOT, key=one.key)
    found = find(two.issue(), [ROOT], [*loop, out])
    assert [path.verdict.build for path in found.paths] == [False, True]
    assert [refusal.reason for refusal in found.refusals] == [
        "it is already in the path, which would go round in a loop"
    ]


def test_what_came_along_takes_part_and_never_as_an_anchor() -> None:
    """A root that a client sends is a dead end, the intermediate it sends is a way."""
    found = find(LEAF, [ROOT], [], extra=[MIDDLE.certificate])
    assert shape(found) == [(True, ())]
    found = find(LEAF, [], [], extra=[MIDDLE.certificate, ROOT.certificate])
    assert shape(found) == [(True, ("UntrustedRoot",))]
    assert found.message == "there is no other path than the one that .NET takes, and it is not trusted"


def test_what_was_fetched_for_the_chain_takes_part() -> None:
    """The verdict's own elements are candidates though no store holds them."""
    complete = build(LEAF, TrustStore([ROOT.certificate], [MIDDLE.certificate]), now=NOW, revocation=Revocation.NONE)
    found = alternatives.find(LEAF, TrustStore([ROOT.certificate]), now=NOW, taken=complete)
    assert shape(found) == [(True, ())]


def test_a_mesh_of_authorities_has_an_end() -> None:
    """Each certified by each other: more paths than can be counted, of which some are shown, and it is said."""
    keys = {name: Authority(name) for name in "ABCDEF"}
    mesh = [Authority(a, keys[b], key=keys[a].key) for a in keys for b in keys if a != b]
    found = find(keys["A"].issue(), [ROOT], mesh)
    assert len(found.paths) <= MAX_PATHS + 1
    assert found.limits == (f"there are more than {MAX_PATHS} paths; the others are left out",)


def test_of_many_certificates_of_one_name_some_are_looked_at() -> None:
    """A client may send as many as it likes."""
    twins = [Authority("Issuing CA", ROOT, key=MIDDLE.key) for _ in range(MAX_CANDIDATES + 5)]
    found = find(LEAF, [ROOT], [], extra=[twin.certificate for twin in twins])
    assert len(found.paths) == MAX_CANDIDATES
    assert found.limits == (f"of the certificates of one name no more than {MAX_CANDIDATES} are looked at",)


def test_a_self_signed_certificate_has_one_path() -> None:
    """Trusted where it is a root, a dead end where not."""
    assert shape(find(ROOT.certificate, [ROOT], [])) == [(True, ())]
    assert shape(find(ROOT.certificate, [], [MIDDLE])) == [(True, ("UntrustedRoot",))]


def test_the_paths_on_a_page_and_for_machines() -> None:
    """The path taken in one line, since its chain is shown before; every other path a tree with its flags. The JSON
    form holds all of them."""
    old = Authority("Root CA", key=ROOT.key, dates=PAST)
    store = TrustStore([named(ROOT.certificate, "root.cer")], [named(MIDDLE.certificate, "issuing.cer")])
    twin = Authority("Issuing CA", old, key=MIDDLE.key, dates=PAST)
    rekeyed = Authority("Issuing CA", ROOT)
    found = find_in(store, LEAF, [twin.certificate, rekeyed.certificate])
    page = Page(80)
    paths(page, found)
    text = plain(page)
    assert "✓ path 1 of 2: taken by .NET (shown above), revocation aside: trusted" in text
    assert "issuing.cer" not in text
    assert "✗ path 2 of 2: NotTimeValid" in text
    assert "expired 1 day ago" in text
    assert "another key identifier" in text
    assert max(map(len, text.splitlines())) <= 80
    made = document(found)
    assert [path["taken"] for path in made["paths"]] == [True, False]
    assert made["paths"][0]["elements"][1]["file"] == "issuing.cer"
    assert made["refused"][0]["thumbprint"] == rekeyed.certificate.thumbprint
