"""Records → files, one module a format, one signature."""
