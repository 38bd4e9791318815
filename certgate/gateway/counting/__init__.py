"""What rate limits and quotas have in common: counters that live over the requests of a session."""
