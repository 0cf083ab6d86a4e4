"""The field's definitions as code, kept as they are so that independent measuring uses the very same ones."""
