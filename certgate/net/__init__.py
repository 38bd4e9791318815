"""The outside: recorded answers, a cache in a folder, and the network. Knows nothing of certificates or policies."""
