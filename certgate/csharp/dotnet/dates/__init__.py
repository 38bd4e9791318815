"""Dates, times, spans and zones: values, reading, writing, members."""
