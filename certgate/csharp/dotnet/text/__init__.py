"""Strings, characters, formatting, comparison, encodings."""
