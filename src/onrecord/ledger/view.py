"""Reads one SQLite ledger. A View belongs to one thread; every answer is of one moment."""

from onrecord.ledger.viewing.crossing import Crossing
from onrecord.ledger.viewing.logged import Logged
from onrecord.ledger.viewing.people import People
from onrecord.ledger.viewing.records import Records
from onrecord.ledger.viewing.reviews import Reviews


class View(Records, People, Crossing, Reviews, Logged):
    """See contract.View."""
