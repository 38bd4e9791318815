"""``azure-openai-token-limit``: the older name of ``llm-token-limit``."""

from __future__ import annotations

from certgate.gateway.elements import llm_token_limit
from certgate.gateway.elements.simulated import older_name

older_name("azure-openai-token-limit", llm_token_limit.run)
