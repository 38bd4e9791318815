"""Certificates as expressions see them; the only package of the language that knows ``certgate.pki``."""
