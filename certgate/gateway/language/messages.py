"""What is in a prompt and in a model's answer: the texts, and how many tokens the answer says it used.

Reads the bodies of chat completions, completions, embeddings, responses and messages. Never counts tokens itself.
"""

from __future__ import annotations

import json
from typing import Any

from certgate.core.value import frozen

MAX_BODY = 4 * 1024 * 1024
"""SECURITY: bytes of a body that is read."""
IMAGE_TOKENS = 1200
"""What the gateway counts an image as, at most."""
MESSAGE_TOKENS = 8
"""More than what a message takes besides its text."""
_INPUTS = ("prompt_tokens", "input_tokens")
_OUTPUTS = ("completion_tokens", "output_tokens")


@frozen
class Prompt:
    """`texts` are the texts of the messages in order, each with its role; `streamed`: the answer comes in pieces."""

    texts: tuple[tuple[str, str], ...]
    streamed: bool = False

    def joined(self, *, system: bool = True) -> str:
        return "\n".join(text for role, text in self.texts if system or role not in ("system", "developer"))


def prompt(body: bytes) -> Prompt | None:
    """None for a body that holds no prompt."""
    data = _object(body)
    if data is None:
        return None
    messages = data.get("messages", data.get("input", data.get("prompt")))
    texts = tuple(_texts(messages))
    return Prompt(texts, data.get("stream") is True) if texts else None


def completion(body: bytes) -> str | None:
    """The text of an answer; None for a body that holds none."""
    data = _object(body)
    choices = data.get("choices") if data else None
    if not isinstance(choices, list):
        return None
    found = [choice.get("message", choice) for choice in choices if isinstance(choice, dict)]
    return "\n".join(text for each in found for _, text in _texts([each] if isinstance(each, dict) else each))


def tokens(body: bytes) -> int | None:
    """How many tokens an answer says it used, prompt and completion together; None where it does not say."""
    documents = [_object(body)]
    if documents == [None]:
        lines = body[:MAX_BODY].splitlines()
        documents = [_object(line[5:]) for line in lines if line.startswith(b"data:")]
    usages = [each["usage"] for each in documents if each and isinstance(each.get("usage"), dict)]
    return _used(usages[-1]) if usages else None


def _used(usage: dict[str, Any]) -> int | None:
    parts = [sum(_count(usage.get(name)) for name in names) for names in (_INPUTS, _OUTPUTS)]
    return sum(parts) or _count(usage.get("total_tokens"))


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12 else 0


def most(body: bytes) -> int:
    """More tokens than a prompt can have: none is shorter than a byte, and a message takes a few more."""
    found = prompt(body)
    if found is None:
        return len(body)
    own = sum(len(text.encode("utf-8", "surrogatepass")) + MESSAGE_TOKENS for _, text in found.texts)
    return own + MESSAGE_TOKENS + IMAGE_TOKENS * body.lower().count(b"image")


def _object(data: bytes) -> dict[str, Any] | None:
    if len(data) > MAX_BODY:
        return None
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _texts(messages: Any, role: str = "user") -> list[tuple[str, str]]:
    """The texts of a message, of a list of messages, or of the parts of one."""
    match messages:
        case str():
            return [(role, messages)] if messages else []
        case list():
            return [found for each in messages if isinstance(each, str | dict) for found in _texts(each, role)]
        case dict():
            own = messages["role"] if isinstance(messages.get("role"), str) else role
            inner = messages.get("content", messages.get("text"))
            return _texts(inner, own) if isinstance(inner, str | list) else []
    return []
