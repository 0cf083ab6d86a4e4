"""Frozen, typed records: what every room hands to the next. Imports nothing of ours but errors."""
