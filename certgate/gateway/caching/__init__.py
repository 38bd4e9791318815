"""The caches of the gateway, kept in the session: responses, values under keys, and answers to similar prompts.

There are two caches, the built-in and the external one; ``prefer-external`` means the built-in one. SECURITY: what is
kept is a copy that nobody changes, of bounded size, and remembers which of its texts are secret.
"""
