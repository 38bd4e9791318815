"""``context`` as expressions see it: its members, and the data that they show."""
