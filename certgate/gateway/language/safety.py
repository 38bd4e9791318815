"""Content safety: a text is sent to its service, and what the recorded answer finds refuses the request or the answer.

Whatever keeps the service from answering refuses too, as observed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.gateway.amounts import amount, switch
from certgate.gateway.ending import Failed, Undecided
from certgate.gateway.language import messages
from certgate.gateway.outcome import Open
from certgate.gateway.sending.backend import entity_address
from certgate.gateway.sending.calls import SETTLE, NoAnswer, Sent, note, send
from certgate.policy.declaration import Section

if TYPE_CHECKING:
    from certgate.gateway.ending import End
    from certgate.gateway.run import Run
    from certgate.policy.document import Element

MESSAGE = "Request failed content safety check."
PROMPT_WINDOW, ANSWER_WINDOW = 10_000, 1_000
MAX_WINDOWS = 100
"""SECURITY: the most calls for one text."""
_ANALYZE, _SHIELD = "/contentsafety/text:analyze", "/contentsafety/text:shieldPrompt"
_VERSION = "?api-version=2024-09-01"


@frozen
class Service:
    element: Element
    url: str
    thresholds: dict[str, int]
    lists: tuple[str, ...]
    levels: str


def check(element: Element, run: Run) -> End | None:
    """Refuse what the service finds in the prompt, or outbound in the answer."""
    outbound = run.section is Section.OUTBOUND
    service = _service(element, run)
    if service is None:
        return run.not_simulated(
            element, "the address of the content safety backend is not given", attribute="backend-id"
        )
    text = _answer(run) if outbound else _prompt(run)
    if text is None:
        return run.not_simulated(element, "certgate finds no text to check: what the gateway sends is not known")
    shielded = not outbound and switch(run, element, "shield-prompt", default=False)
    if shielded and (end := _ask(service, run, _SHIELD, {"userPrompt": text, "documents": []})):
        return end
    for window in _windows(element, run, text, outbound=outbound):
        body: dict[str, Any] = {"text": window, "categories": list(service.thresholds), "outputType": service.levels}
        if service.lists:
            body["blocklistNames"] = list(service.lists)
        if end := _ask(service, run, _ANALYZE, body):
            return end
    if not outbound and switch(run, element, "enforce-on-completions", default=False):
        return run.not_simulated(element, "certgate does not simulate enforce-on-completions yet")
    run.says("passes: the service finds nothing")
    return None


def _service(element: Element, run: Run) -> Service | None:
    entity = entity_address(run, run.text(element, "backend-id") or "")
    if entity is None or not entity[1]:
        return None
    thresholds, levels = {}, "FourSeverityLevels"
    for group in element.named("categories"):
        levels = str(run.value(element, "output-type", group) or levels)
        for category in group.named("category"):
            name = str(run.value(element, "name", category))
            thresholds[name] = amount(run, element, "threshold", category) or 0
    lists = [run.content(element, each) for group in element.named("blocklists") for each in group.named("id")]
    return Service(element, entity[1].rstrip("/"), thresholds, tuple(each for each in lists if each), levels)


def _prompt(run: Run) -> str | None:
    body = run.exchange.request.body
    found = messages.prompt(body.data) if body else None
    return found.joined() if found else None


def _answer(run: Run) -> str | None:
    response = run.exchange.response
    return messages.completion(response.body.data) if response and response.body else None


def _windows(element: Element, run: Run, text: str, *, outbound: bool) -> list[str]:
    """The pieces of a text that are sent one by one. Those beyond the limit of certgate are left out."""
    size = PROMPT_WINDOW
    overlap = 0
    if outbound:
        size = amount(run, element, "window-size") or ANSWER_WINDOW
        overlap = amount(run, element, "window-overlap-size") or 0
    step = max(1, size - overlap)
    starts = range(0, max(1, len(text) - overlap), step)
    return [text[at : at + size] for at in starts[:MAX_WINDOWS]]


def _ask(service: Service, run: Run, path: str, body: dict[str, Any]) -> End | None:
    """Send one question and judge its answer. Undecided where none is recorded."""
    url, fetcher = service.url + path, run.situation.fetcher
    named = url if fetcher and (found := fetcher.listed(url)) and found.status != 404 else url + _VERSION
    content = json.dumps(body).encode()
    sent = Sent("POST", named, {"Content-Type": ("application/json",)}, content)
    recorded = fetcher.listed(named) if fetcher else None
    if recorded is None or recorded.status == 404:
        note(run, service.element, sent)
        message = f"what {named} says of the text is not known: certgate sends nothing for a policy"
        run.says(message)
        return Undecided(service.element, Open(message, service.element.place(), (named,), SETTLE))
    response = send(run, service.element, sent)
    if isinstance(response, Undecided):
        return response
    if isinstance(response, NoAnswer) or response.status != 200 or response.body is None:
        return _refused(service, run, "the service does not answer as it should")
    harm = _finding(response.body.data, service)
    return _refused(service, run, harm) if harm else None


def _finding(body: bytes, service: Service) -> str:
    """What the service found, in words; empty for nothing."""
    try:
        data = json.loads(body)
        attacks = [data.get("userPromptAnalysis") or {}, *(data.get("documentsAnalysis") or ())]
        if any(each.get("attackDetected") is True for each in attacks):
            return "an attack is detected"
        if data.get("blocklistsMatch"):
            return "the text is on a blocklist"
        for each in data.get("categoriesAnalysis") or ():
            limit = service.thresholds.get(each["category"])
            if limit is not None and each["severity"] >= limit:
                return f"{each['category']} {each['severity']}, from {limit} on refused"
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        # SECURITY: an answer that cannot be read finds nothing good.
        return "the service does not answer as it should"
    return ""


def _refused(service: Service, run: Run, why: str) -> Failed:
    run.assume("safety-reason")
    run.says(f"refused: {why}")
    return Failed(service.element, 403, "ContentSafetyCheckFailed", MESSAGE, MESSAGE)
