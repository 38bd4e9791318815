"""``System.Xml.Linq`` and ``System.Xml``: trees, reading, writing, queries, conversion."""
