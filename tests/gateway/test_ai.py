"""The policies of the AI gateway: limits of tokens, answers to similar prompts, content safety, metrics."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from certgate import api
from certgate.core.world import World
from certgate.gateway.exchange import Request
from certgate.gateway.outcome import Outcome
from certgate.gateway.policy_set import Policy
from certgate.gateway.sending.backend import BackendAnswer, BackendAnswers
from certgate.gateway.session import Session
from certgate.gateway.settings import Gateway
from tests.gateway import authority

URL = "https://gateway.invalid/openai/chat/completions"
BACKENDS = {"emb": "https://emb.example/embeddings", "safe": "https://safe.example"}
ANALYZE = "https://safe.example/contentsafety/text:analyze"
SHIELD = "https://safe.example/contentsafety/text:shieldPrompt"


def chat(text: str = "hi", at: str | None = None, **more: Any) -> Request:
    body = json.dumps({"messages": [{"role": "user", "content": text}], **more})
    return Request(method="POST", url=URL, body=body, at=at)


def used(*totals: int | None) -> BackendAnswers:
    """Answers of a model that used so many tokens; None: that does not say how many."""
    rows = [
        {"choices": [{"message": {"content": f"answer {at}"}}]}
        | ({} if total is None else {"usage": {"prompt_tokens": total - 1, "completion_tokens": 1}})
        for at, total in enumerate(totals)
    ]
    return BackendAnswers(tuple(BackendAnswer(body=json.dumps(row).encode()) for row in rows))


def document(inbound: str, outbound: str = "") -> str:
    return (
        f"<policies><inbound>{inbound}</inbound><backend><forward-request /></backend>"
        f"<outbound>{outbound}</outbound></policies>"
    )


def run(text: str, *requests: Request, answers: BackendAnswers, responses: Any = None) -> list[Outcome]:
    """The outcomes of requests one after another."""
    session, policy = Session(), Policy.parse(text)
    gateway = Gateway(backend_response=answers, backends=BACKENDS)
    world = World(authority.NOW, responses=responses)
    return [api.validate(None, policy, gateway, request=each, world=world, session=session) for each in requests]


def one(text: str, request: Request, **more: Any) -> Outcome:
    return run(text, request, **{"answers": used(10), **more})[0]


def statuses(outcomes: list[Outcome]) -> list[int | str | None]:
    return [each.status if each.open is None else "undecided" for each in outcomes]


def limit(attributes: str, name: str = "llm-token-limit", estimate: str = "false") -> str:
    return f'<{name} counter-key="k" estimate-prompt-tokens="{estimate}" {attributes} />'


@pytest.mark.parametrize("name", ["llm-token-limit", "azure-openai-token-limit"])
def test_the_request_after_the_limit_is_refused(name: str) -> None:
    """What an answer used is known when it is there; a minute later the key starts anew."""
    text = document(limit('tokens-per-minute="100"', name))
    outcomes = run(text, chat(), chat(at="+20s"), chat(at="+30s"), chat(at="+81s"), answers=used(80))
    assert statuses(outcomes) == [200, 200, 429, 200]
    refused = outcomes[2]
    assert refused.headers["Retry-After"] == ("30",)
    assert json.loads(refused.body)["message"] == "Token limit is exceeded. Try again in 30 seconds."
    assert refused.last_error is not None
    assert (refused.last_error.source, refused.last_error.reason) == (name, "OpenAITokenLimitExceeded")


def test_a_limit_that_is_just_reached_is_not_exceeded() -> None:
    """As observed on a live gateway."""
    outcomes = run(document(limit('token-quota="80" token-quota-period="Daily"')), chat(), chat(), answers=used(80))
    assert statuses(outcomes) == [200, 200]


QUOTAS = [
    ("Hourly", "+59m", 403, "1 minute"),
    ("Hourly", "+1h", 200, None),
    ("Daily", "+23h", 403, "1 hour"),
    ("Daily", "+1d", 200, None),
    ("Weekly", "+6d", 403, "1 day"),
    ("Weekly", "+7d", 200, None),
    ("Monthly", "+29d", 403, "1 day"),
    ("Monthly", "+30d", 200, None),
    ("Yearly", "+30d", 403, "184 days"),
]


@pytest.mark.parametrize(("period", "at", "status", "wait"), QUOTAS)
def test_quotas(period: str, at: str, status: int, wait: str | None) -> None:
    """Periods begin with the hour, the day, Monday, the month, the year, in UTC; the run begins on Monday, 1 June."""
    text = document(limit(f'token-quota="50" token-quota-period="{period}"'))
    outcomes = run(text, chat(), chat(at=at), answers=used(80))
    assert statuses(outcomes) == [200, status]
    if wait:
        assert outcomes[1].last_error is not None
        assert outcomes[1].last_error.reason == "OpenAITokenQuotaExceeded"
        assert json.loads(outcomes[1].body)["message"] == f"Token quota is exceeded. Try again in {wait}."


def test_keys_are_apart() -> None:
    """One key's use is not another's."""
    text = document(limit('tokens-per-minute="10"').replace('"k"', '"@(context.Request.IpAddress)"'))
    requests = [Request(method="POST", url=URL, ip=ip) for ip in ("10.0.0.1", "10.0.0.1", "10.0.0.2")]
    assert statuses(run(text, *requests, answers=used(20))) == [200, 429, 200]


def test_headers_and_variables() -> None:
    """What is left, and what was used."""
    names = " ".join(
        f'{name}-header-name="x-{name}" {name}-variable-name="{name}"'
        for name in ("remaining-tokens", "remaining-quota-tokens", "tokens-consumed")
    )
    attributes = f'tokens-per-minute="100" token-quota="500" token-quota-period="Daily" {names}'
    shown = '<set-header name="v"><value>@(string.Join(" ", context.Variables.Values))</value></set-header>'
    outcome = one(document(limit(attributes), shown), chat(), answers=used(30))
    found = {name: outcome.headers[name][0] for name in outcome.headers if name.startswith("x-")}
    assert found == {"x-remaining-tokens": "70", "x-remaining-quota-tokens": "470", "x-tokens-consumed": "30"}
    assert outcome.headers["v"] == ("100 500 30",)


def test_two_limits_of_one_key_count_once() -> None:
    """Each key has one counter, however many policies look at it."""
    both = limit('tokens-per-minute="100"') * 2
    assert statuses(run(document(both), chat(), chat(), answers=used(60))) == [200, 200]


def test_estimates() -> None:
    """Where the gateway's estimate would decide nobody knows; where it cannot, the case is decided."""
    text = document(limit('tokens-per-minute="100"', estimate="true"))
    assert statuses(run(text, chat(), answers=used(10))) == [200]
    assert statuses(run(text, chat("word " * 30), answers=used(10))) == ["undecided"]
    assert statuses(run(text, chat(), chat("word " * 30), answers=used(200))) == [200, 429]
    streamed = document(limit('tokens-per-minute="100"'))
    assert statuses(run(streamed, chat("word " * 30, stream=True), answers=used(10))) == ["undecided"]


def test_streamed_answers() -> None:
    """The last piece says what was used."""
    pieces = b'data: {"choices":[],"usage":null}\n\ndata: {"usage":{"total_tokens":120}}\n\ndata: [DONE]\n\n'
    text = document(limit('tokens-per-minute="100"'))
    answers = BackendAnswers((BackendAnswer(body=pieces),))
    assert statuses(run(text, chat(stream=True), chat(stream=True), answers=answers)) == [200, 429]


def test_answers_without_usage() -> None:
    """They count as nothing, which is said."""
    outcomes = run(document(limit('tokens-per-minute="10"')), chat(), chat(), answers=used(None))
    assert statuses(outcomes) == [200, 200]
    assert "model-usage" in [each.id for each in outcomes[0].assumptions]


def semantic(vary: str = "", attributes: str = "", name: str = "llm") -> str:
    look = (
        f'<{name}-semantic-cache-lookup score-threshold="0.05" embeddings-backend-id="emb" '
        f'embeddings-backend-auth="system-assigned" {attributes}>{vary}</{name}-semantic-cache-lookup>'
    )
    return document(look, f'<{name}-semantic-cache-store duration="60" />')


def text_of(outcome: Outcome) -> str:
    return str(json.loads(outcome.body)["choices"][0]["message"]["content"])


@pytest.mark.parametrize("name", ["llm", "azure-openai"])
def test_equal_prompts(name: str) -> None:
    """They are alike whatever their embedding is; an empty cache can only miss."""
    outcomes = run(semantic(name=name), chat(), chat(), chat(at="+61s"), answers=used(1, 2, 3))
    assert [text_of(each) for each in outcomes] == ["answer 0", "answer 0", "answer 1"]
    assert outcomes[1].backend is None
    assert [call.url for call in outcomes[0].calls] == [BACKENDS["emb"]]


def test_other_prompts_need_embeddings() -> None:
    """SECURITY: without them nobody knows whether an answer fits."""
    outcomes = run(semantic(), chat("one"), chat("two"), answers=used(1, 2))
    assert statuses(outcomes) == [200, "undecided"]
    assert outcomes[1].open is not None
    assert outcomes[1].open.wanted == (BACKENDS["emb"],)


def embedding(*numbers: float) -> dict[str, Any]:
    return {BACKENDS["emb"]: answer({"data": [{"embedding": list(numbers)}]})}


def answer(data: Any, status: int = 200) -> dict[str, Any]:
    return {"status": status, "body": base64.b64encode(json.dumps(data).encode()).decode()}


DISTANCES = [((1, 0.1), "answer 0"), ((1, 0.5), "answer 1"), ((0, 0), "answer 1"), ((1, 0, 0), "undecided")]


@pytest.mark.parametrize(("second", "expected"), DISTANCES)
def test_distances(second: tuple[float, ...], expected: str) -> None:
    """A stored answer fits up to the threshold, as one less the cosine."""
    session, policy = Session(), Policy.parse(semantic())
    gateway = Gateway(backend_response=used(1, 2), backends=BACKENDS)
    found = []
    for text, numbers in (("one", (1.0, 0.0)), ("two", second)):
        world = World(authority.NOW, responses=embedding(*numbers))
        found.append(api.validate(None, policy, gateway, request=chat(text), world=world, session=session))
    assert ("undecided" if found[1].open else text_of(found[1])) == expected


def test_where_answers_are_shared() -> None:
    """Partitions, system messages, and too many messages."""
    vary = '<vary-by>@(context.Request.Headers.GetValueOrDefault("X", ""))</vary-by>'
    requests = [Request(method="POST", url=URL, body=chat().body, headers={"X": value}) for value in ("a", "b", "a")]
    assert [text_of(each) for each in run(semantic(vary), *requests, answers=used(1, 2, 3))] == [
        "answer 0",
        "answer 1",
        "answer 0",
    ]
    body = {"messages": [{"role": "system", "content": "be kind"}, {"role": "user", "content": "hi"}]}
    system = Request(method="POST", url=URL, body=json.dumps(body))
    ignoring = run(semantic(attributes='ignore-system-messages="true"'), system, chat(), answers=used(1, 2))
    assert text_of(ignoring[1]) == "answer 0"
    skipped = run(semantic(attributes='max-message-count="1"'), system, system, answers=used(1, 2))
    assert text_of(skipped[1]) == "answer 1"


SAFE = (
    '<llm-content-safety backend-id="safe" {}><categories output-type="EightSeverityLevels">'
    '<category name="Hate" threshold="4" /></categories></llm-content-safety>'
)


def severity(level: int, category: str = "Hate") -> dict[str, Any]:
    return {ANALYZE: answer({"categoriesAnalysis": [{"category": category, "severity": level}]})}


FINDINGS = [
    (severity(3), 200),
    (severity(4), 403),
    (severity(7, "Violence"), 200),
    ({ANALYZE: answer({"blocklistsMatch": [{"blocklistName": "b"}]})}, 403),
    ({ANALYZE: answer({}, 401)}, 403),
    ({ANALYZE: answer([])}, 403),
    ({ANALYZE + "?api-version=2024-09-01": answer({"categoriesAnalysis": []})}, 200),
    ({}, "undecided"),
    (None, "undecided"),
]


@pytest.mark.parametrize(("responses", "expected"), FINDINGS)
def test_content_safety(responses: Any, expected: int | str) -> None:
    """A severity from the threshold on refuses; so does a service that fails; without its answer nobody knows."""
    outcome = one(document(SAFE.format("")), chat(), responses=responses)
    assert statuses([outcome]) == [expected]
    assert len(outcome.calls) == 1
    if expected == 403:
        assert json.loads(outcome.body) == {"statusCode": 403, "message": "Request failed content safety check."}


@pytest.mark.parametrize(("attack", "expected"), [(True, 403), (False, 200)])
def test_shields(attack: bool, expected: int) -> None:
    """The prompt is checked for attacks first."""
    responses = {SHIELD: answer({"userPromptAnalysis": {"attackDetected": attack}}), **severity(0)}
    outcome = one(document(SAFE.format('shield-prompt="true"')), chat(), responses=responses)
    assert outcome.status == expected
    assert outcome.calls[0].url == SHIELD


def test_answers_are_checked_outbound() -> None:
    """There the text is that of the model."""
    outcome = one(document("", SAFE.format("")), chat(), responses=severity(6))
    assert outcome.status == 403
    assert json.loads(outcome.calls[0].body)["text"] == "answer 0"


def test_what_safety_does_not_know() -> None:
    """SECURITY: no prompt to check, or answers to be checked later, are no pass."""
    plain = Request(url="https://gateway.invalid/")
    assert statuses([one(document(SAFE.format("")), plain, responses=severity(0))]) == ["undecided"]
    later = document(SAFE.format('enforce-on-completions="true"'))
    assert statuses([one(later, chat(), responses=severity(0))]) == ["undecided"]
    assert statuses([one(later, chat(), responses=severity(5))]) == [403]


@pytest.mark.parametrize("name", ["llm", "azure-openai"])
def test_metrics(name: str) -> None:
    """No effect, but for exceptions in their dimensions."""
    inside = '<dimension name="API ID" /><dimension name="x" value="@({})" />'
    text = document(f"<{name}-emit-token-metric>{inside}</{name}-emit-token-metric>")
    assert one(text.format("context.RequestId.ToString()"), chat()).status == 200
    assert one(text.format("context.User.Id"), chat()).status == 500
