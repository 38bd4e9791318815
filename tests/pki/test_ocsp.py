"""OCSP as .NET on Linux asks and judges it: the request, who may sign an answer, dates, and what is kept."""

from __future__ import annotations

import base64
from datetime import datetime
from urllib.parse import unquote

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp as known

from certgate.pki.certificate import Certificate
from certgate.pki.chains.chain import build
from certgate.pki.chains.facts import facts
from certgate.pki.revocation import ocsp
from certgate.pki.stores.trust import TrustStore
from certgate.pki.verdict import Revocation, RevocationScope, Verdict
from tests.pki.authority import DAY, NOW, Authority, Dates, addresses, revoked
from tests.pki.fetchers import Replay
from tests.pki.responder import ANSWERS, CHAIN, MIDDLE, REVOKED, ROOT, ROOTS, UNKNOWN, Paths, answer, own, read

LISTS, RESPONDER, OF_ROOT = "http://ca.example/list.crl", "http://ca.example/ocsp", "http://ca.example/root.crl"
FLAGS = ["OfflineRevocation", "RevocationStatusUnknown"]


def question(subject: int = 0) -> ocsp.Question:
    elements = tuple(map(facts, CHAIN))
    issuer = elements[min(subject + 1, len(elements) - 1)]
    return ocsp.Question(elements[subject], issuer, tuple(reversed(elements[1:])), NOW, Paths(ROOTS))


def test_the_request_is_the_plainest_one() -> None:
    """One certificate by SHA-1, no nonce, in base64 behind the address, as cryptography writes it too."""
    url = ocsp.address(RESPONDER, question())
    request = known.OCSPRequestBuilder().add_certificate(read(CHAIN[0]), read(CHAIN[1]), hashes.SHA1())
    encoded = unquote(url.removeprefix(f"{RESPONDER}/"))
    assert base64.b64decode(encoded) == request.build().public_bytes(Encoding.DER)
    assert not set("+/=") & set(url.removeprefix(f"{RESPONDER}/"))
    assert ocsp.address(RESPONDER + "/", question()) == url


@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_is_worth_what_dotnet_thinks(kind: str) -> None:
    """Who may sign, about which certificate, and until when."""
    body, expected = ANSWERS[kind]
    reply = ocsp.judge(body, question())
    assert (kind, reply.standing.value) == (kind, expected)
    assert reply.text


@pytest.mark.parametrize(
    ("since", "until", "kept"),
    [
        (NOW - DAY, NOW + DAY, True),
        (NOW - 4 * DAY, NOW + DAY, False),
        (NOW - DAY, None, False),
        (NOW + DAY, NOW + 9 * DAY, True),
    ],
)
def test_only_a_young_answer_with_an_end_is_kept(since: datetime, until: datetime | None, kept: bool) -> None:
    """Four days after its beginning .NET asks again, and at once where it has no end."""
    reply = ocsp.judge(answer(own(MIDDLE), since=since, until=until), question())
    assert (reply.standing.value, reply.kept) == ("good", kept)


def test_what_is_not_known_is_not_kept() -> None:
    """An answer that says nothing is asked for again; a revocation is kept like a clearance."""
    assert not ocsp.judge(answer(own(MIDDLE), status=UNKNOWN), question()).kept
    assert ocsp.judge(answer(own(MIDDLE), status=REVOKED), question()).kept


def test_cut_and_bent_answers_are_none() -> None:
    """Whatever the bytes are, the answer is unknown or as it was, and nothing is raised."""
    body, _ = ANSWERS["delegate"]
    for at in range(0, len(body), 3):
        assert ocsp.judge(body[:at], question()).standing.value == "unknown"
        bent = bytearray(body)
        bent[at] ^= 0x41
        assert ocsp.judge(bytes(bent), question()).standing.value in ("unknown", "good")


ROOT_LIST = ROOT.revocation_list()
ADDRESSED = Authority("Addressed CA", ROOT, extensions=addresses(crl=OF_ROOT))
CLIENT = ADDRESSED.issue(extensions=addresses(crl=LISTS, ocsp=RESPONDER))


def verify(responses: dict[str, bytes], leaf: Certificate = CLIENT, **options: object) -> tuple[Verdict, Replay]:
    fetcher = Replay({OF_ROOT: ROOT_LIST, **responses}, NOW, memory={})
    store = TrustStore([ROOT.certificate], [ADDRESSED.certificate])
    given = {"now": NOW, "fetcher": fetcher, **options}
    return build(leaf, store, **given), fetcher  # type: ignore[arg-type]


def of_client(status: known.OCSPCertStatus = known.OCSPCertStatus.GOOD, leaf: Certificate = CLIENT) -> bytes:
    return answer(own(ADDRESSED), subject=leaf, issuer=ADDRESSED.certificate, status=status)


def flags(verdict: Verdict) -> list[list[str]]:
    return [list(element.status) for element in verdict.elements]


def test_ocsp_is_asked_only_where_the_list_leaves_it_open() -> None:
    """A list that speaks is believed, whatever OCSP would say."""
    good, bad = ADDRESSED.revocation_list(), ADDRESSED.revocation_list(revoked(CLIENT))
    verdict, fetcher = verify({LISTS: good, RESPONDER: of_client(REVOKED)})
    assert (verdict.build, fetcher.asked) == (True, [LISTS, OF_ROOT])
    verdict, fetcher = verify({LISTS: bad, RESPONDER: of_client()})
    assert (flags(verdict), fetcher.asked) == ([["Revoked"], [], []], [LISTS, OF_ROOT])
    for body in (b"", b"garbage", ADDRESSED.revocation_list(dates=Dates(NOW - 9 * DAY, NOW - DAY))):
        assert verify({LISTS: body, RESPONDER: of_client()})[0].build is True
        assert flags(verify({LISTS: body, RESPONDER: of_client(REVOKED)})[0]) == [["Revoked"], [], []]
        assert flags(verify({LISTS: body})[0]) == [FLAGS, [], []]


def test_every_answer_leaves_a_row_that_says_what_it_was() -> None:
    """Who gave it, how large it is, until when it holds, and by which rules it was judged."""
    verdict, _ = verify({RESPONDER: of_client()})
    rows = [(one.kind, one.result, one.url, one.given, one.rules, one.until) for one in verdict.evidence]
    assert rows == [
        ("crl", "not used", LISTS, "responses", ".NET", None),
        ("ocsp", "good", RESPONDER, "responses", ".NET", NOW + 3 * DAY),
        ("crl", "good", OF_ROOT, "responses", ".NET", NOW + 6 * DAY),
    ]
    assert [element.revocation for element in verdict.elements] == ["good", "good", ""]
    assert all(one.detail and one.size is not None for one in verdict.evidence)


def test_with_the_end_certificate_alone_a_date_anywhere_has_ocsp_asked_too() -> None:
    """.NET then takes what OCSP says, and unknown where it says nothing, though the list has cleared it."""
    only = {"scope": RevocationScope.END_CERTIFICATE_ONLY}
    old = ADDRESSED.issue(dates=Dates(NOW - 9 * DAY, NOW - DAY), extensions=addresses(crl=LISTS, ocsp=RESPONDER))
    good = {LISTS: ADDRESSED.revocation_list()}
    assert verify(good, **only)[0].build is True
    verdict, _ = verify(good, old, **only)
    assert flags(verdict)[0] == ["NotTimeValid", *FLAGS]
    assert "NET asks OCSP too" in verdict.elements[0].reasons[1]
    assert flags(verify({**good, RESPONDER: of_client(leaf=old)}, old, **only)[0])[0] == ["NotTimeValid"]
    assert flags(verify({**good, RESPONDER: of_client(REVOKED, old)}, old, **only)[0])[0] == ["NotTimeValid", "Revoked"]
    assert flags(verify(good, old)[0])[0] == ["NotTimeValid"]


def test_a_gateway_without_a_network_has_what_it_kept() -> None:
    """Lists of any age; answers by OCSP as long as .NET keeps them."""
    offline = {"revocation": Revocation.OFFLINE}
    _, fetcher = verify({RESPONDER: of_client()})
    asked = len(fetcher.asked)
    again, _ = verify({}, fetcher=fetcher, **offline)
    assert (again.build, len(fetcher.asked)) == (True, asked)
    later, _ = verify({}, fetcher=fetcher, now=NOW + 4 * DAY, **offline)
    assert flags(later) == [FLAGS, [], []]
    assert flags(verify({}, **offline)[0]) == [FLAGS, FLAGS, []]


def test_what_certgate_may_not_ask_leaves_it_undecided() -> None:
    """Never good; the address and the option that would settle it are named."""
    store = TrustStore([ROOT.certificate], [ADDRESSED.certificate])
    fetcher = Replay({OF_ROOT: ROOT_LIST}, NOW, unknown=(LISTS,))
    verdict = build(CLIENT, store, now=NOW, fetcher=fetcher)
    assert (verdict.build, verdict.wanted) == (None, (LISTS, RESPONDER))
    assert verdict.settle == ("--allow-private-network",)
    assert [element.revocation for element in verdict.elements] == ["not answered", "good", ""]
    responder = Replay({OF_ROOT: ROOT_LIST}, NOW, unknown=(RESPONDER,))
    assert build(CLIENT, store, now=NOW, fetcher=responder).wanted == (RESPONDER,)


def test_private_networks_are_for_those_who_chain_to_the_store() -> None:
    """SECURITY: a certificate with a forged signature does not get its addresses asked as trusted."""
    _, fetcher = verify({LISTS: ADDRESSED.revocation_list()})
    assert fetcher.trusted == {LISTS: True, OF_ROOT: True}
    forged = Certificate(CLIENT.der[:-1] + bytes([CLIENT.der[-1] ^ 1]))
    verdict, fetcher = verify({}, forged)
    assert (verdict.build, fetcher.trusted) == (False, {})
