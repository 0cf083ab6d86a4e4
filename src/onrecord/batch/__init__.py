"""The pipeline on the distributed engine; the only room that knows it."""
