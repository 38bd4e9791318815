"""``azure-openai-semantic-cache-lookup``: the older name of ``llm-semantic-cache-lookup``."""

from __future__ import annotations

from certgate.gateway.elements import llm_semantic_cache_lookup
from certgate.gateway.elements.simulated import older_name

older_name("azure-openai-semantic-cache-lookup", llm_semantic_cache_lookup.run)
