"""``azure-openai-emit-token-metric``: the older name of ``llm-emit-token-metric``, with a value of its own."""

from __future__ import annotations

from certgate.core.value import replace
from certgate.gateway.elements import llm_emit_token_metric
from certgate.gateway.elements.simulated import older_name
from certgate.policy.declaration import Attribute

_SHAPE = llm_emit_token_metric.SHAPE

older_name(
    "azure-openai-emit-token-metric",
    llm_emit_token_metric.run,
    shape=replace(_SHAPE, attributes=(*_SHAPE.attributes, Attribute("value", default="1", expression=True))),
)
