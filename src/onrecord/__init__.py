"""Who said what, on what condition, and what came of it."""
