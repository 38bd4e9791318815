"""Streams, readers and writers in memory, and paths as text."""
