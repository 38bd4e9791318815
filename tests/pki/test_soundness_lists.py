"""What `certgate store check` says of revocation lists, each for itself and together."""

from __future__ import annotations

import pytest
from cryptography import x509

from certgate.core.finding import Severity
from certgate.pki.stores.soundness import problems
from certgate.pki.stores.trust import StoredCrl, TrustStore
from tests.pki.authority import DAY, NOW, Authority, Dates, new_key, revoked
from tests.pki.test_stored_lists import (
    COMPROMISE,
    FRESHEST,
    INDIRECT,
    ISSUING,
    LISTER,
    OTHERS,
    OUT_OF_DATE,
    ROOT,
    STRANGE,
    USERS,
    delta,
    directory,
    entry_of,
    for_reasons,
    full,
    named,
    scope,
    signer,
)

SILENT = Authority("Silent CA", ROOT, crl_sign=False)
SILENT_LIST = SILENT.revocation_list()
AT_A = ISSUING.revocation_list(extensions=[scope(full_name=directory("a"), only_some_reasons=COMPROMISE)])
AT_B = ISSUING.revocation_list(extensions=[scope(full_name=directory("b"), only_some_reasons=OTHERS)])

CASES: dict[str, tuple[list[bytes], list[str]]] = {
    "a good list": ([full(named())], []),
    "a delta and its base": ([full(), delta(named())], []),
    "a delta alone": ([delta()], ["crl-base-missing"]),
    "a delta that builds on a later list": ([full(), delta(base=6)], ["crl-base-missing"]),
    "a delta older than the list": ([full(number=8), delta()], ["crl-superseded"]),
    "a delta of another scope": ([full(), delta(extensions=[USERS])], ["crl-base-missing"]),
    "a list that has run out": ([full(dates=OUT_OF_DATE)], ["crl-expired"]),
    "kept in use by its delta": ([full(dates=OUT_OF_DATE), delta()], []),
    "without speaking of deltas": ([full(dates=OUT_OF_DATE, extensions=[]), delta()], ["crl-expired"]),
    "a list of tomorrow": ([full(dates=Dates(NOW + DAY, NOW + 9 * DAY))], ["crl-not-yet-valid"]),
    "an older list": ([full(number=5), full(number=6)], ["crl-superseded"]),
    "an older list, the newer run out": ([full(number=5), full(number=6, dates=OUT_OF_DATE)], ["crl-expired"]),
    "an older list that has run out": ([full(number=5, dates=OUT_OF_DATE), full(number=6)], ["crl-superseded"]),
    "an older list, the newer forged": ([full(number=5), full(number=6, key=new_key())], ["crl-signature"]),
    "an older list that is forged": ([full(number=5, key=new_key()), full(number=6)], ["crl-signature"]),
    "an older list of another scope": ([full(number=5), full(number=6, extensions=[FRESHEST, USERS])], []),
    "all reasons in two lists": ([for_reasons(COMPROMISE), for_reasons(OTHERS)], []),
    "some reasons": ([for_reasons(COMPROMISE)], ["crl-reasons"]),
    "some reasons and all reasons": ([for_reasons(COMPROMISE), full()], []),
    "some reasons for each of two points": ([AT_A, AT_B], ["crl-reasons", "crl-reasons"]),
    "an indirect list": ([LISTER.revocation_list(entry_of(ISSUING.name, ISSUING.issue()), extensions=[INDIRECT])], []),
    "a critical extension": ([full(extensions=[(STRANGE, True)])], ["crl-unusable"]),
    "issuers named in a direct list": ([full(entry_of(ROOT.name, ISSUING.issue()))], ["crl-unusable"]),
    "a forged list": ([full(key=new_key())], ["crl-signature"]),
    "an issuer that may not sign lists": ([SILENT_LIST], ["crl-signer"]),
    "an unknown issuer": ([Authority("Unknown CA").revocation_list()], ["crl-issuer-missing"]),
}


@pytest.mark.parametrize("name", CASES)
def test_the_lists_of_a_store(name: str) -> None:
    """Each fault is found, and only that."""
    lists, expected = CASES[name]
    store = TrustStore(
        [ROOT.certificate], [ISSUING.certificate, LISTER.certificate, SILENT.certificate], map(StoredCrl, lists)
    )
    assert [finding.code for finding in problems(store, NOW)] == expected


def test_a_missing_base_is_a_warning() -> None:
    """What it names still counts; the message has the numbers."""
    store = TrustStore([ROOT.certificate], [ISSUING.certificate], [StoredCrl(delta(), "crls/delta.crl")])
    [finding] = problems(store, NOW)
    assert finding.severity is Severity.WARNING
    assert finding.message.startswith("delta list 7 of CN=Issuing CA builds on list 5, ")
    assert str(finding.place) == "crls/delta.crl"


def test_the_reasons_that_nobody_covers_are_named() -> None:
    """A list for some reasons only is of no use alone."""
    store = TrustStore([ROOT.certificate], [ISSUING.certificate], [for_reasons(OTHERS)])
    [finding] = problems(store, NOW)
    assert finding.message.endswith("no list covers keyCompromise, cACompromise")


def test_a_certificate_that_only_signs_lists_may_stand_among_the_intermediates() -> None:
    """It is no authority; without a list by it, full or delta, it has nothing to do there yet."""
    certificate, key = signer(ROOT)
    cases = [
        ([ISSUING.revocation_list(key=key)], []),
        ([full(), delta(key=key)], []),
        ([full()], ["signs-no-list"]),
        ([], ["signs-no-list"]),
    ]
    for lists, expected in cases:
        store = TrustStore([ROOT.certificate], [ISSUING.certificate, certificate], lists)
        findings = problems(store, NOW)
        assert [finding.code for finding in findings] == expected
        assert all(finding.severity is Severity.WARNING for finding in findings)


def test_what_signs_no_lists_is_out_of_place() -> None:
    """A certificate without key usage might sign some, but says nothing of the kind."""
    for crl_sign in (None, False):
        store = TrustStore([ROOT.certificate], [ISSUING.certificate, signer(ROOT, crl_sign=crl_sign)[0]])
        assert [finding.code for finding in problems(store, NOW)] == ["not-a-ca"]


def test_what_is_no_list_is_said() -> None:
    """A store of values may hold anything."""
    store = TrustStore([ROOT.certificate], [ISSUING.certificate], [StoredCrl(b"\x30\x00", "x.crl")])
    [finding] = problems(store, NOW)
    assert (finding.code, str(finding.place)) == ("crl-unusable", "x.crl")


def test_an_entry_that_is_broken_is_said() -> None:
    """The header of the list is fine, so it could be read into the store."""
    client = ISSUING.issue(serial=0x1122334455667788)
    broken = full(revoked(client)).replace(b"\x02\x08\x11\x22", b"\x04\x08\x11\x22")
    store = TrustStore([ROOT.certificate], [ISSUING.certificate], [broken])
    assert [finding.code for finding in problems(store, NOW)] == ["crl-unusable", "crl-signature"]


def test_a_point_that_cannot_be_read_is_said() -> None:
    """The scope of the list is what it says itself to be about."""
    value = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.28"), b"\x30\x02\x86\x00")
    store = TrustStore([ROOT.certificate], [ISSUING.certificate], [ISSUING.revocation_list(extensions=[(value, True)])])
    assert [finding.code for finding in problems(store, NOW)] == ["crl-unusable"]


def test_more_lists_than_are_looked_at_are_said() -> None:
    """Then none of them clears a certificate."""
    one = full()
    store = TrustStore([ROOT.certificate], [ISSUING.certificate], [StoredCrl(one, f"{n}.crl") for n in range(1_001)])
    codes = {finding.code for finding in problems(store, NOW)}
    assert codes == {"crl-too-many", "duplicate"}
