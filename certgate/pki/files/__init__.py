"""Certificates out of files of any format: it is told by the content. Knows nothing of chains."""
