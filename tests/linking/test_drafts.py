"""Which term of a known person an office printed in a document is, by the document's date."""

from datetime import date

import pytest

from onrecord.annotation.mentions import find_mentions
from onrecord.annotation.sentences import split_sentences
from onrecord.linking.actors import link_actors
from onrecord.linking.knowledge import load_knowledge
from onrecord.records.actors import Office
from onrecord.records.documents import Basis, DateRange, Document
from onrecord.records.scores import empty_scores


def office_in(text: str, day: date | None) -> Office:
    published = DateRange(day, day, Basis.GIVEN) if day else DateRange()
    document = Document("d", "", "", text, published=published)
    mentions = find_mentions(document, split_sentences(document), empty_scores())
    actors = link_actors(document, mentions, load_knowledge())[1]
    return next(office for actor in actors for office in actor.offices)


@pytest.mark.parametrize(
    ("text", "day", "since"),
    [
        ("President Donald Trump spoke.", date(2018, 5, 15), "2017-01-20"),
        ("President Donald Trump spoke.", date(2025, 3, 19), "2025-01-20"),
        ("President Donald Trump spoke.", None, None),  # either term
        ("President Joe Biden spoke.", None, "2021-01-20"),  # not as vice president
        ("Chancellor Angela Merkel spoke.", date(2024, 1, 1), "2005-11-22"),  # the only one
    ],
)
def test_the_term_meant_is_the_one_of_the_document_s_days(text: str, day: date | None, since: str | None) -> None:
    assert office_in(text, day).since == since
