"""The trust store: as a value, as a folder that is looked after, and what may be wrong with it."""
