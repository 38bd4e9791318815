"""Newtonsoft.Json: tokens, reading, writing, queries, conversion."""
