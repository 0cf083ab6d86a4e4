"""Records ↔ rows; the only room that knows the database."""
