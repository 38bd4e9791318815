"""``azure-openai-semantic-cache-store``: the older name of ``llm-semantic-cache-store``."""

from __future__ import annotations

from certgate.gateway.elements import llm_semantic_cache_store
from certgate.gateway.elements.simulated import older_name

older_name("azure-openai-semantic-cache-store", llm_semantic_cache_store.run)
