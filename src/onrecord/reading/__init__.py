"""Bytes of a page, feed or archive → Document."""
