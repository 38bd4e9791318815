"""The lists of the trust store by RFC 5280 section 6.3: delta, indirect and partitioned lists, and who signs them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from certgate.pki.certificate import Certificate
from certgate.pki.chains.chain import build
from certgate.pki.revocation.stored import MAX_ROWS, NOTE, UNTOLD
from certgate.pki.revocation.stored_lists import MAX_LISTS
from certgate.pki.stores.trust import StoredCrl, TrustStore
from certgate.pki.verdict import Revocation, RevocationScope, Verdict
from tests.pki.authority import DAY, NOW, Authority, Dates, Extensions, new_key, revoked

ROOT = Authority("Root CA")
ISSUING = Authority("Issuing CA", ROOT)
LEAF = ISSUING.issue()
ROOT_LIST = ROOT.revocation_list()

Reason = x509.ReasonFlags
OUT_OF_DATE = Dates(NOW - 9 * DAY, NOW - DAY)


def verify(*lists: bytes | StoredCrl, leaf: Certificate = LEAF, at_hand: Sequence[Certificate] = ()) -> Verdict:
    """The verdict on the end certificate alone, with the lists and certificates at hand."""
    store = TrustStore([ROOT.certificate], [ISSUING.certificate, *at_hand], lists)
    only = RevocationScope.END_CERTIFICATE_ONLY
    return build(leaf, store, now=NOW, scope=only, revocation=Revocation.OFFLINE)


def status(verdict: Verdict) -> str:
    """What the lists made of the end certificate: good, revoked or unknown."""
    match list(verdict.elements[0].status):
        case []:
            return "good"
        case ["Revoked"]:
            return "revoked"
        case _:
            return "unknown"


def reason(flag: x509.ReasonFlags) -> tuple[x509.ExtensionType, bool]:
    return x509.CRLReason(flag), False


def named(certificate: Certificate = LEAF, flag: x509.ReasonFlags = Reason.key_compromise) -> x509.RevokedCertificate:
    return revoked(certificate, reason(flag))


def entry_of(issuer: x509.Name, certificate: Certificate) -> x509.RevokedCertificate:
    """The entry of an indirect list that begins the entries of one issuer."""
    return revoked(certificate, (x509.CertificateIssuer([x509.DirectoryName(issuer)]), True))


def scope(**parts: Any) -> tuple[x509.ExtensionType, bool]:
    given = dict.fromkeys(
        ("only_contains_user_certs", "only_contains_ca_certs", "indirect_crl", "only_contains_attribute_certs"), False
    )
    nothing = {"full_name": None, "relative_name": None, "only_some_reasons": None}
    return x509.IssuingDistributionPoint(**{**nothing, **given, **parts}), True


def points(*given: x509.DistributionPoint) -> tuple[x509.ExtensionType, bool]:
    return x509.CRLDistributionPoints(given), False


def directory(*common_names: str) -> list[x509.GeneralName]:
    """One directory name of several relative ones."""
    names = [x509.NameAttribute(x509.NameOID.COMMON_NAME, one) for one in common_names]
    return [x509.DirectoryName(x509.Name(names))]


def relative(common_name: str) -> x509.RelativeDistinguishedName:
    return x509.RelativeDistinguishedName([x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name)])


FRESHEST = (
    x509.FreshestCRL(
        [x509.DistributionPoint([x509.UniformResourceIdentifier("http://ca.example/d")], None, None, None)]
    ),
    False,
)


def full(
    *entries: x509.RevokedCertificate, number: int = 5, extensions: Extensions = (FRESHEST,), **rest: Any
) -> bytes:
    return ISSUING.revocation_list(*entries, number=number, extensions=extensions, **rest)


def delta(
    *entries: x509.RevokedCertificate, base: int = 5, number: int = 7, extensions: Extensions = (), **rest: Any
) -> bytes:
    indicator = (x509.DeltaCRLIndicator(base), True)
    return ISSUING.revocation_list(*entries, number=number, extensions=[indicator, *extensions], **rest)


HELD = named(flag=Reason.certificate_hold)
REMOVED = named(flag=Reason.remove_from_crl)
USERS = scope(only_contains_user_certs=True)
AUTHORITIES = scope(only_contains_ca_certs=True)

DELTAS = {
    "nothing new": ([full(), delta()], "good"),
    "the delta names it": ([full(), delta(named())], "revoked"),
    "the base names it": ([full(named()), delta()], "revoked"),
    "a hold is taken off": ([full(HELD), delta(REMOVED)], "good"),
    "a hold becomes final": ([full(HELD), delta(named())], "revoked"),
    "a later delta takes it off": ([full(), delta(HELD), delta(REMOVED, number=9)], "good"),
    "a later delta without it lifts no hold of the base": ([full(HELD), delta(REMOVED), delta(number=9)], "revoked"),
    "the list is newer than the delta": ([full(number=8), delta(HELD)], "good"),
    "the list is newer, yet the revocation is final": ([full(number=8), delta(named())], "revoked"),
    "the delta builds on a later list": ([full(HELD), delta(REMOVED, base=6)], "revoked"),
    "the delta builds on a later list and names it": ([full(), delta(named(), base=6)], "revoked"),
    "the base may be later than the delta's": ([full(HELD, number=6), delta(REMOVED)], "good"),
    "no base at all": ([delta()], "unknown"),
    "no base at all, and names it": ([delta(named())], "revoked"),
    "base out of date, delta in date": ([full(dates=OUT_OF_DATE), delta()], "good"),
    "both out of date": ([full(dates=OUT_OF_DATE), delta(dates=OUT_OF_DATE)], "unknown"),
    "base out of date, delta builds on another": ([full(dates=OUT_OF_DATE), delta(base=6)], "unknown"),
    "delta out of date": ([full(HELD), delta(REMOVED, dates=OUT_OF_DATE)], "revoked"),
    "delta of another key": ([full(HELD), delta(REMOVED, key=new_key())], "revoked"),
    "delta of another scope": ([full(HELD), delta(REMOVED, extensions=[USERS])], "revoked"),
    "both of one scope": ([full(HELD, extensions=[FRESHEST, USERS]), delta(REMOVED, extensions=[USERS])], "good"),
    "nobody speaks of deltas": ([full(HELD, extensions=[]), delta(REMOVED)], "revoked"),
    "nobody speaks of deltas, base out of date": ([full(extensions=[], dates=OUT_OF_DATE), delta()], "unknown"),
    "nobody speaks of deltas, and one names it": ([full(extensions=[]), delta(named())], "revoked"),
}


@pytest.mark.parametrize("name", DELTAS)
def test_a_delta_list_brings_its_base_up_to_date(name: str) -> None:
    """RFC 5280 sections 5.2.4 and 6.3.3; whatever the order of the files."""
    lists, expected = DELTAS[name]
    assert status(verify(*lists)) == expected
    assert status(verify(*reversed(lists))) == expected


def test_the_certificate_may_speak_of_deltas_too() -> None:
    """Its freshestCRL does as well as that of the list."""
    leaf = ISSUING.issue(extensions=[FRESHEST])
    lists = full(named(leaf, Reason.certificate_hold), extensions=[]), delta(named(leaf, Reason.remove_from_crl))
    assert status(verify(*lists, leaf=leaf)) == "good"


def test_the_evidence_says_which_delta_was_laid_over_which_list() -> None:
    """One row, since they speak together; it holds as long as the delta."""
    two = [StoredCrl(full(), "full.crl"), StoredCrl(delta(dates=Dates(NOW - DAY, NOW + DAY)), "delta.crl")]
    [row] = verify(*two).evidence
    assert (
        row.detail == "full.crl with the changes of delta.crl, which holds until 2026-06-02 12:00 UTC, does not name it"
    )
    assert (row.result, row.rules, row.until, row.size) == ("good", "RFC 5280", NOW + DAY, len(two[1].der))


NEWER = {
    "newest is clean": ([full(number=5), full(number=6)], "good"),
    "an older one had it on hold": ([full(HELD, number=5), full(number=6)], "good"),
    "the newest has it on hold": ([full(number=5), full(HELD, number=6)], "revoked"),
    "an older one revoked it": ([full(named(), number=5), full(number=6)], "revoked"),
    "of two with one number": ([full(HELD), full()], "revoked"),
    "the newer one has run out": ([full(HELD, number=5), full(number=6, dates=OUT_OF_DATE)], "revoked"),
    "the newer one is forged": ([full(HELD, number=5), full(number=6, key=new_key())], "revoked"),
    "the newer one is about others": (
        [full(HELD, number=5), full(number=6, extensions=[scope(only_contains_ca_certs=True)])],
        "revoked",
    ),
    "the newer one has another scope": ([full(HELD, number=5), full(number=6, extensions=[USERS])], "revoked"),
}


@pytest.mark.parametrize("name", NEWER)
def test_of_several_lists_the_newest_decides(name: str) -> None:
    """But a revocation is final, unless it was a hold."""
    lists, expected = NEWER[name]
    assert status(verify(*lists)) == expected
    assert status(verify(*reversed(lists))) == expected


def test_the_older_list_is_said_not_to_be_used() -> None:
    """Its row names the cause."""
    rows = verify(full(number=6), full(number=5)).evidence
    assert [row.result for row in rows] == ["good", "not used"]
    assert rows[1].detail.endswith("cannot be used: the store has a newer list of the same issuer and scope")


RUN_OUT = {
    "a delta that has run out named it": ([full(), delta(named(), dates=OUT_OF_DATE)], "revoked"),
    "one that is not even for this list": ([full(), delta(named(), base=6, dates=OUT_OF_DATE)], "revoked"),
    "it had it on hold only": ([full(), delta(HELD, dates=OUT_OF_DATE)], "good"),
    "the list in use is newer": ([full(number=8), delta(named(), dates=OUT_OF_DATE)], "good"),
    "an older full list named it": ([full(named(), number=4, dates=OUT_OF_DATE), full()], "good"),
    "a newer full list named it": ([full(named(), number=6, dates=OUT_OF_DATE), full()], "revoked"),
    "there is no other list": ([full(named(), dates=OUT_OF_DATE)], "revoked"),
    "and it was on hold": ([full(HELD, dates=OUT_OF_DATE)], "unknown"),
    "it is forged": ([full(), delta(named(), dates=OUT_OF_DATE, key=new_key())], "good"),
    "it has another scope": ([full(), full(named(), number=6, dates=OUT_OF_DATE, extensions=[AUTHORITIES])], "good"),
    "it is not valid yet": ([full(), full(named(), number=6, dates=Dates(NOW + DAY, NOW + 2 * DAY))], "good"),
}


@pytest.mark.parametrize("name", RUN_OUT)
def test_a_newer_list_that_has_run_out_still_revokes(name: str) -> None:
    """For good, that is: an entry stays until the certificate has run out itself (RFC 5280 section 3.3)."""
    lists, expected = RUN_OUT[name]
    assert status(verify(*lists)) == expected
    assert status(verify(*reversed(lists))) == expected


def test_that_a_list_has_run_out_is_said_with_the_revocation() -> None:
    """The reason names both dates."""
    verdict = verify(full(), StoredCrl(delta(named(), dates=OUT_OF_DATE), "delta.crl"))
    assert verdict.elements[0].reasons == (
        "revoked on 2026-05-31 12:00 UTC, reason keyCompromise, says delta.crl, which ran out on 2026-05-31 12:00 UTC",
    )


def test_of_several_entries_the_gravest_counts() -> None:
    """A list should have one for each certificate."""
    assert status(verify(full(REMOVED, named()))) == "revoked"
    assert status(verify(full(named(), REMOVED))) == "revoked"
    assert status(verify(full(HELD, named(), number=5), full(number=6))) == "revoked"


LISTER = Authority("List Issuer", ROOT)
AT_LISTER = x509.DistributionPoint(None, None, None, [x509.DirectoryName(LISTER.name)])
DELEGATED = ISSUING.issue(extensions=[points(AT_LISTER)])
INDIRECT = scope(indirect_crl=True)
SOMEBODY = ISSUING.issue("somebody else")
OWN_WITH_THE_SAME_SERIAL = LISTER.issue(serial=int.from_bytes(DELEGATED.serial_bytes, "big"))

INDIRECTS = {
    "clean": (LISTER.revocation_list(extensions=[INDIRECT]), "good"),
    "named with its issuer": (
        LISTER.revocation_list(entry_of(ISSUING.name, DELEGATED), extensions=[INDIRECT]),
        "revoked",
    ),
    "the issuer is carried forward": (
        LISTER.revocation_list(entry_of(ISSUING.name, SOMEBODY), named(DELEGATED), extensions=[INDIRECT]),
        "revoked",
    ),
    "until another issuer is named": (
        LISTER.revocation_list(
            entry_of(ISSUING.name, SOMEBODY), entry_of(ROOT.name, DELEGATED), named(DELEGATED), extensions=[INDIRECT]
        ),
        "good",
    ),
    "an entry without issuer is one of the list's issuer": (
        LISTER.revocation_list(named(OWN_WITH_THE_SAME_SERIAL), extensions=[INDIRECT]),
        "good",
    ),
    "both, and the second is meant": (
        LISTER.revocation_list(
            named(OWN_WITH_THE_SAME_SERIAL), entry_of(ISSUING.name, DELEGATED), extensions=[INDIRECT]
        ),
        "revoked",
    ),
    "not said to be indirect": (LISTER.revocation_list(), "unknown"),
    "issuers named in a list that is not indirect": (
        LISTER.revocation_list(entry_of(ISSUING.name, SOMEBODY)),
        "unknown",
    ),
    "indirect, by an issuer whom nobody named": (
        Authority("Stranger", ROOT).revocation_list(extensions=[INDIRECT]),
        "unknown",
    ),
    "the own issuer's full list does as well": (ISSUING.revocation_list(), "good"),
    "the own issuer may make its list indirect": (ISSUING.revocation_list(extensions=[INDIRECT]), "good"),
}


def test_an_entry_of_nobody_spoils_an_indirect_list() -> None:
    """An issuer that is named by no directory name, here and for the entries that follow: whose are they?"""
    nobody = x509.CertificateIssuer([x509.UniformResourceIdentifier("http://ca.example/")])
    entries = revoked(SOMEBODY, (nobody, True)), named(DELEGATED)
    listed = LISTER.revocation_list(*entries, extensions=[INDIRECT])
    assert status(verify(listed, ROOT_LIST, leaf=DELEGATED, at_hand=[LISTER.certificate])) == "unknown"


@pytest.mark.parametrize("name", INDIRECTS)
def test_an_indirect_list_counts_for_those_who_name_its_issuer(name: str) -> None:
    """RFC 5280 sections 5.3.3 and 6.3.3 (b) (1)."""
    listed, expected = INDIRECTS[name]
    assert status(verify(listed, ROOT_LIST, leaf=DELEGATED, at_hand=[LISTER.certificate])) == expected


def test_an_indirect_list_revokes_nobody_who_does_not_name_its_issuer() -> None:
    """Else any authority under the root could revoke the certificates of another."""
    listed = LISTER.revocation_list(entry_of(ISSUING.name, LEAF), extensions=[INDIRECT])
    assert status(verify(listed, ROOT_LIST, ISSUING.revocation_list(), at_hand=[LISTER.certificate])) == "good"


def test_names_in_another_encoding_are_the_same() -> None:
    """PrintableString and UTF8String, capitals: in the list's issuer, its entries and its point."""
    spelled = ISSUING.certificate.der.replace(b"\x0c\x0aIssuing CA", b"\x13\x0aISSUING ca")
    odd = x509.load_der_x509_certificate(spelled).subject
    assert odd.public_bytes() != ISSUING.name.public_bytes()
    assert status(verify(ISSUING.revocation_list(name=odd))) == "good"
    assert status(verify(ISSUING.revocation_list(named(), name=odd))) == "revoked"
    listed = LISTER.revocation_list(entry_of(odd, DELEGATED), extensions=[INDIRECT])
    assert status(verify(listed, ROOT_LIST, leaf=DELEGATED, at_hand=[LISTER.certificate])) == "revoked"
    at_odd = x509.DistributionPoint([x509.DirectoryName(odd)], None, None, None)
    own_name = ISSUING.revocation_list(extensions=[scope(full_name=[x509.DirectoryName(ISSUING.name)])])
    assert status(verify(own_name, leaf=ISSUING.issue(extensions=[points(at_odd)]))) == "good"


def url(path: str, host: str = "ca.example") -> list[x509.GeneralName]:
    return [x509.UniformResourceIdentifier(f"http://{host}/{path}")]


FULL, RELATIVE, LISTS = "full_name", "relative_name", "lists"
PARTITIONS: dict[str, tuple[Any, dict[str, Any], str]] = {
    "one of several names": ((url("1") + url("2"), None), {FULL: url("2") + url("3")}, "good"),
    "another": ((url("1"), None), {FULL: url("2")}, "unknown"),
    "case counts in the path": ((url("a"), None), {FULL: url("A")}, "unknown"),
    "and not in the host": ((url("a"), None), {FULL: url("a", "CA.Example")}, "good"),
    "a list without point is about all": ((url("1"), None), {}, "good"),
    "both relative": ((None, relative("part 1")), {RELATIVE: relative("part 1")}, "good"),
    "both relative, another": ((None, relative("part 1")), {RELATIVE: relative("part 2")}, "unknown"),
    "relative in the list": ((directory("Issuing CA", "part 1"), None), {RELATIVE: relative("part 1")}, "good"),
    "relative in the certificate": ((None, relative("part 1")), {FULL: directory("Issuing CA", "part 1")}, "good"),
    "relative to somebody else": ((None, relative("part 1")), {FULL: directory("Root CA", "part 1")}, "unknown"),
    "the issuer's name is every certificate's point": ((url("1"), None), {FULL: directory("Issuing CA")}, "good"),
}


@pytest.mark.parametrize("name", PARTITIONS)
def test_a_list_of_one_distribution_point_is_about_those_who_name_it(name: str) -> None:
    """RFC 5280 section 6.3.3 (b) (2) (i); out of its scope it does not revoke either."""
    (full_name, relative_name), limits, expected = PARTITIONS[name]
    leaf = ISSUING.issue(extensions=[points(x509.DistributionPoint(full_name, relative_name, None, None))])
    extensions = [scope(**limits)] if limits else []
    assert status(verify(ISSUING.revocation_list(extensions=extensions), leaf=leaf)) == expected
    listed = ISSUING.revocation_list(named(leaf), extensions=extensions)
    assert status(verify(listed, leaf=leaf)) == ("revoked" if expected == "good" else "unknown")


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({RELATIVE: relative("part 1")}, "good"),
        ({FULL: directory("List Issuer", "part 1")}, "good"),
        ({FULL: directory("Issuing CA", "part 1")}, "unknown"),
    ],
)
def test_a_relative_name_is_relative_to_the_issuer_of_the_list(limits: dict[str, Any], expected: str) -> None:
    """Where the certificate names one, that one."""
    at = x509.DistributionPoint(None, relative("part 1"), None, [x509.DirectoryName(LISTER.name)])
    leaf = ISSUING.issue(extensions=[points(at)])
    listed = LISTER.revocation_list(extensions=[scope(indirect_crl=True, **limits)])
    assert status(verify(listed, ROOT_LIST, leaf=leaf, at_hand=[LISTER.certificate])) == expected


def test_without_a_name_of_its_own_a_point_has_that_of_its_list_issuer() -> None:
    """RFC 5280 section 6.3.3 (b) (2) (i), last case."""
    for name, expected in (("List Issuer", "good"), ("Issuing CA", "unknown")):
        listed = LISTER.revocation_list(extensions=[scope(indirect_crl=True, full_name=directory(name))])
        assert status(verify(listed, ROOT_LIST, leaf=DELEGATED, at_hand=[LISTER.certificate])) == expected


COMPROMISE = frozenset({Reason.key_compromise, Reason.ca_compromise})
OTHERS = frozenset(
    {
        *(Reason.affiliation_changed, Reason.superseded, Reason.cessation_of_operation),
        *(Reason.certificate_hold, Reason.privilege_withdrawn, Reason.aa_compromise),
    }
)


def for_reasons(reasons: frozenset[x509.ReasonFlags], *entries: x509.RevokedCertificate) -> bytes:
    return ISSUING.revocation_list(*entries, extensions=[scope(only_some_reasons=reasons)])


REASONS = {
    "together all": ([for_reasons(COMPROMISE), for_reasons(OTHERS)], "good"),
    "some are missing": ([for_reasons(COMPROMISE)], "unknown"),
    "named in the one": ([for_reasons(COMPROMISE, named()), for_reasons(OTHERS)], "revoked"),
    "named in the other": ([for_reasons(COMPROMISE), for_reasons(OTHERS, HELD)], "revoked"),
    "named, though others are missing": ([for_reasons(COMPROMISE, named())], "revoked"),
    "one has run out": (
        [
            for_reasons(COMPROMISE),
            ISSUING.revocation_list(extensions=[scope(only_some_reasons=OTHERS)], dates=OUT_OF_DATE),
        ],
        "unknown",
    ),
    "a full list makes up for it": ([for_reasons(COMPROMISE), ISSUING.revocation_list()], "good"),
}


@pytest.mark.parametrize("name", REASONS)
def test_all_reasons_must_be_covered(name: str) -> None:
    """RFC 5280 section 6.3.3 (d), (e) and (l)."""
    lists, expected = REASONS[name]
    assert status(verify(*lists)) == expected


def test_the_evidence_names_the_reasons_that_no_list_covers() -> None:
    """The list does not name it, which is not enough."""
    [row] = verify(for_reasons(OTHERS)).evidence
    assert row.result == "not used"
    assert row.detail.endswith("it does not name it, but no list covers the reasons keyCompromise, cACompromise")


def test_a_point_for_some_reasons_counts_for_these() -> None:
    """The reasons of the certificate's point and of the list limit each other."""
    at = [
        x509.DistributionPoint(url(name), None, reasons, None) for name, reasons in (("c", COMPROMISE), ("o", OTHERS))
    ]
    leaf = ISSUING.issue(extensions=[points(*at)])
    compromise, others = (ISSUING.revocation_list(extensions=[scope(full_name=url(one))]) for one in "co")
    assert status(verify(compromise, leaf=leaf)) == "unknown"
    assert status(verify(compromise, others, leaf=leaf)) == "good"
    wrong = ISSUING.revocation_list(named(leaf), extensions=[scope(full_name=url("c"), only_some_reasons=OTHERS)])
    assert status(verify(wrong, compromise, others, leaf=leaf)) == "good"


KINDS = {
    "users": (scope(only_contains_user_certs=True), "good", "unknown"),
    "authorities": (scope(only_contains_ca_certs=True), "unknown", "good"),
    "attributes": (scope(only_contains_attribute_certs=True), "unknown", "unknown"),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_list_may_be_about_one_kind_of_certificate(name: str) -> None:
    """The basic constraints tell what a certificate is."""
    limits, of_user, of_authority = KINDS[name]
    listed = ISSUING.revocation_list(extensions=[limits])
    assert status(verify(listed)) == of_user
    assert status(verify(listed, leaf=Authority("Sub CA", ISSUING).certificate)) == of_authority


STRANGE = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
FAULTY: dict[str, tuple[dict[str, Any], Sequence[tuple[x509.ExtensionType, bool]]]] = {
    "a critical extension": ({"extensions": [(STRANGE, True)]}, []),
    "a critical extension of its entry": ({}, [(STRANGE, True)]),
    "no number": ({"number": None}, []),
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_list_with_a_fault_clears_nobody_and_revokes_whom_it_names(name: str) -> None:
    """X.509 section 7.3: who stands on a list that is not fully understood is taken for revoked."""
    options, extensions = FAULTY[name]
    other = revoked(SOMEBODY, *extensions)
    assert status(verify(ISSUING.revocation_list(other, **options))) == "unknown"
    assert status(verify(ISSUING.revocation_list(other, named(), **options))) == "revoked"


def signer(
    issuer: Authority,
    name: x509.Name = ISSUING.name,
    *,
    crl_sign: bool | None = True,
    dates: Dates | None = None,
    extensions: Extensions = (),
) -> tuple[Certificate, ec.EllipticCurvePrivateKey]:
    """A certificate that is no authority's, for signing lists, with its key; `crl_sign` None is without key usage."""
    key = new_key()
    usage = x509.KeyUsage(not crl_sign, False, False, False, False, False, bool(crl_sign), False, False)
    usages: Extensions = [] if crl_sign is None else [(usage, True)]
    return issuer.sign(name, key, dates or Dates(), [*usages, *extensions]), key


@pytest.mark.parametrize("crl_sign", [True, None, False])
def test_an_authority_may_have_a_separate_key_for_lists(crl_sign: bool | None) -> None:
    """Its certificate has the authority's name; a key usage must allow it."""
    certificate, key = signer(ROOT, crl_sign=crl_sign)
    listed = ISSUING.revocation_list(key=key)
    expected = "unknown" if crl_sign is False else "good"
    assert status(verify(ROOT_LIST, listed, at_hand=[certificate])) == expected
    assert status(verify(ROOT_LIST, ISSUING.revocation_list(named(), key=key), at_hand=[certificate])) == (
        "revoked" if expected == "good" else "unknown"
    )


def said(*lists: bytes, signer: Certificate) -> str:
    """Why the one list that was not used was not."""
    rows = [row for row in verify(*lists, at_hand=[signer]).evidence if row.result == "not used"]
    assert len(rows) == 1
    return rows[0].detail


def test_the_signer_must_not_be_revoked() -> None:
    """And somebody has to say so: without a list for it, it signs nothing."""
    certificate, key = signer(ROOT)
    listed = ISSUING.revocation_list(key=key)
    assert said(ROOT.revocation_list(named(certificate)), listed, signer=certificate).endswith("which is revoked")
    assert said(listed, signer=certificate).endswith("which is not covered by a list itself")


def test_the_signer_needs_a_faultless_path_to_the_same_anchor() -> None:
    """RFC 5280 section 6.3.3 (f)."""
    old, old_key = signer(ROOT, dates=OUT_OF_DATE)
    assert "no faultless path" in said(ROOT_LIST, ISSUING.revocation_list(key=old_key), signer=old)
    other_root = Authority("Other Root")
    foreign, key = signer(other_root)
    store = TrustStore(
        [ROOT.certificate, other_root.certificate],
        [ISSUING.certificate, foreign],
        [ISSUING.revocation_list(key=key), other_root.revocation_list(), ROOT_LIST],
    )
    verdict = build(LEAF, store, now=NOW)
    assert status(verdict) == "unknown"
    assert any("under another root" in row.detail for row in verdict.evidence)


def test_a_signer_cannot_clear_itself() -> None:
    """A key for lists, issued by the authority itself, whose only list is signed by that very key."""
    certificate, key = signer(ISSUING)
    assert status(verify(ISSUING.revocation_list(key=key), at_hand=[certificate])) == "unknown"
    assert status(verify(ISSUING.revocation_list(key=key), full(number=9), at_hand=[certificate])) == "good"


def test_a_signer_that_its_authority_refers_to_its_own_lists_can() -> None:
    """PKITS 4.14.30: the only list there is comes from the signer, and the authority says so in its certificate."""
    for refers, expected in ((True, "good"), (False, "unknown")):
        certificate, key = signer(ISSUING, LISTER.name, extensions=[points(AT_LISTER)] if refers else [])
        listed = LISTER.revocation_list(key=key, extensions=[INDIRECT])
        assert status(verify(listed, leaf=DELEGATED, at_hand=[certificate])) == expected
        own = LISTER.revocation_list(entry_of(ISSUING.name, certificate), key=key, extensions=[INDIRECT])
        assert status(verify(own, leaf=DELEGATED, at_hand=[certificate])) == "unknown"


def test_signers_in_a_circle_end() -> None:
    """Each of many signers is covered by a list of the next one only; nobody is cleared, and it takes no time."""
    made = [Authority(f"Ring {number}", ISSUING) for number in range(8)]
    keys = [signer(ISSUING) for _ in range(12)]
    lists = [ISSUING.revocation_list(key=key, number=number) for number, (_, key) in enumerate(keys)]
    at_hand = [*(one.certificate for one in made), *(certificate for certificate, _ in keys)]
    assert status(verify(*lists, at_hand=at_hand)) == "unknown"


def test_the_same_authority_under_its_next_key_may_sign() -> None:
    """It stands in no chain of the leaf, but beside it under the same root."""
    renewed = Authority("Issuing CA", ROOT)
    assert status(verify(renewed.revocation_list(), ROOT_LIST, at_hand=[renewed.certificate])) == "good"
    assert status(verify(renewed.revocation_list(named()), ROOT_LIST, at_hand=[renewed.certificate])) == "revoked"


ADDRESS = points(x509.DistributionPoint(url("list"), None, None, None))


@pytest.mark.parametrize(
    ("leaf_named", "issuer_named", "note"),
    [
        (True, True, NOTE),
        (False, True, UNTOLD.format("the end certificate")),
        (True, False, UNTOLD.format("an issuer in the chain")),
        (False, False, UNTOLD.format("the end certificate")),
    ],
)
def test_the_note_is_said_once(leaf_named: bool, issuer_named: bool, note: str) -> None:
    """That .NET reads no list from a file, and whether it could learn the same; not when no list decided."""
    issuing = Authority("Issuing CA", ROOT, extensions=[ADDRESS] if issuer_named else [])
    leaf = issuing.issue(extensions=[ADDRESS] if leaf_named else [])
    for lists, notes in (([ROOT_LIST, issuing.revocation_list()], (note,)), ([full(dates=OUT_OF_DATE)], ())):
        assert build(leaf, TrustStore([ROOT.certificate], [issuing.certificate], lists), now=NOW).notes == notes


def test_what_is_revoked_is_refused_by_the_gateway_too() -> None:
    """Address or not: the plain note is enough."""
    store = TrustStore([ROOT.certificate], [ISSUING.certificate], [ISSUING.revocation_list(named())])
    assert build(LEAF, store, now=NOW, scope=RevocationScope.END_CERTIFICATE_ONLY).notes == (NOTE,)


def test_what_cannot_be_read_is_reported() -> None:
    """A store of values may hold anything; what has the issuer's name in it might have been its list."""
    broken = StoredCrl(ISSUING.revocation_list()[:-1], "broken.crl")
    rows = verify(broken, StoredCrl(ROOT_LIST[:-1], "other.crl")).evidence
    assert [row.detail.partition(":")[0] for row in rows] == ["broken.crl cannot be used"]


def test_too_many_lists_of_one_issuer_clear_nobody() -> None:
    """One of those that are not looked at might name the certificate."""
    one = full(named(SOMEBODY))
    many = [StoredCrl(one, f"{number}.crl") for number in range(MAX_LISTS + 1)]
    verdict = verify(*many)
    assert status(verdict) == "unknown"
    assert len(verdict.evidence) == MAX_ROWS + 1
    assert status(verify(StoredCrl(full(named())), *many)) == "revoked"


def test_an_issuer_is_judged_once_for_all_below_it() -> None:
    """The same evidence is handed on, as long as the moment is the same."""
    store = TrustStore([ROOT.certificate], [ISSUING.certificate], [ROOT_LIST, ISSUING.revocation_list()])
    first, second = (build(ISSUING.issue(name), store, now=NOW).evidence[1] for name in ("one", "two"))
    assert first is second


def test_too_many_points_clear_nobody() -> None:
    """One of those that are not looked at might be that of a list that names the certificate."""
    for count, expected in ((100, "good"), (101, "unknown")):
        at = [x509.DistributionPoint(url(str(number)), None, None, None) for number in range(count)]
        listed = ISSUING.revocation_list(extensions=[scope(full_name=[*url("7"), *directory("Issuing CA")])])
        assert status(verify(listed, leaf=ISSUING.issue(extensions=[points(*at)]))) == expected
