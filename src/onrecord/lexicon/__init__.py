"""Word lists as data with their reasons, and the one loader."""
