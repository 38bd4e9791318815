"""``System.Linq.Enumerable`` and the sequences that it makes."""
