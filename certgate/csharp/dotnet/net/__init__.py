"""Addresses: ``Uri``, ``IPAddress``, ``WebUtility``."""
