"""Stories: what hangs together by its rare words, whatever the order."""

import random

from onrecord.records.documents import Document, hash_text
from onrecord.stories.grouping import group_documents

FERRY = [
    "Ferry link to Skarne closes as pilots quit. The Skarne ferry will not sail this winter, the harbour said.",
    "Skarne islanders protest over ferry. Pilots of the Skarne ferry left the harbour in a row over pay.",
    "Harbour offers Skarne ferry pilots a rise. The Skarne ferry could sail again, the pilots' union said.",
]
WHEAT = [
    "Wheat harvest fails in Tollmark. Farmers in Tollmark blame drought for the poor wheat harvest.",
    "Tollmark bans wheat exports. After a failed harvest the Tollmark government keeps its wheat at home.",
]


def documents() -> list[Document]:
    return [Document(hash_text(text), "x", text.split(".")[0], text) for text in (*FERRY, *WHEAT)]


def test_two_disputes_are_two_stories() -> None:
    listed = documents()
    ferry, wheat = sorted(each.id for each in listed[:3]), sorted(each.id for each in listed[3:])
    assert group_documents(listed) == (tuple(ferry), tuple(wheat))


def test_the_order_of_documents_does_not_matter() -> None:
    shuffled = documents()
    random.Random(5).shuffle(shuffled)
    assert group_documents(shuffled) == group_documents(documents())


def test_no_documents_no_stories() -> None:
    assert group_documents([]) == ()
