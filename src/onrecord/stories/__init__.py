"""Grouping, reprints, wording and timeline."""
