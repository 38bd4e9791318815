"""Numbers: members, reading, writing, ``Math``, ``Convert``, ``Random``."""
