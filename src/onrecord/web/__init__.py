"""The local pages."""

from onrecord.web.app import create_app
from onrecord.web.server import serve

__all__ = ["create_app", "serve"]
