import pytest

from onrecord.annotation.mentions import find_mentions
from onrecord.annotation.sentences import split_sentences
from onrecord.records.actors import Mention, MentionKind
from onrecord.records.documents import Document, Part, PartKind, hash_text
from onrecord.records.scores import empty_scores
from onrecord.records.spans import Span


def document_of(text: str, parts: tuple[Part, ...] = ()) -> Document:
    return Document(hash_text(text), "invented.txt", "", text, parts=parts)


def mentions_of(text: str, parts: tuple[Part, ...] = ()) -> tuple[Mention, ...]:
    document = document_of(text, parts)
    return find_mentions(document, split_sentences(document), empty_scores())


def quoted(text: str, kind: MentionKind) -> list[str]:
    return [f"{text[m.span.start : m.span.end]}/{m.type.value}" for m in mentions_of(text) if m.kind is kind]


def test_what_is_called_the_peoples_is_one_name() -> None:
    text = "The guards of the Donetsk People's Republic slept."
    names = [mention.span for mention in mentions_of(text) if mention.kind is MentionKind.NAME]
    assert [text[span.start : span.end] for span in names] == ["Donetsk People's Republic"]


NAMES = [
    ("Harbour Minister Ilona Bek met Petra Vos.", ["Ilona Bek/person", "Petra Vos/person"]),
    ("Envoys of Moldova and Latvia met in Geneva.", ["Moldova/state", "Latvia/state", "Geneva/place"]),
    ("Yesterday the Ministry of Fisheries closed the pier.", ["Ministry of Fisheries/body"]),
    ("Russian ships left. French crews stayed.", []),
    ("The plan failed. Nobody at NATO was surprised.", ["NATO/body"]),
    ("Kyiv’s mayor thanked Sen. Dorrit Hale.", ["Kyiv/place", "Dorrit Hale/person"]),
    ("Talks with Anton Weir resumed. Weir was late.", ["Anton Weir/person", "Weir/person"]),
    ("The Moldovan President of Georgia Ana Lor spoke.", ["Georgia/state", "Ana Lor/person"]),
    ("On Monday in March, the Kremlin’s aide called.", ["Kremlin/body"]),
    ("She told Radio Costa that it was late.", ["Radio Costa/outlet"]),
    ("The Deputy Minister of Trade Ana Lor left.", ["Ana Lor/person"]),
    ("It went to the Vadian Court of Justice.", ["Vadian Court of Justice/body"]),
    ("The spokesman of the High Council for River Affairs left.", ["High Council for River Affairs/body"]),
    ("Two boats met in the Bek Channel.", ["Bek Channel/place"]),
    ("Member States shall pay in CFA francs.", []),
    ("The Environment and Water Ministry left it open.", ["Environment and Water Ministry/body"]),
    ("The Minister of Economy and the Ministers of Defence met.", []),
    ("Pensioner Anton Weir left with H.E. Petra Vos.", ["Anton Weir/person", "Petra Vos/person"]),
    ("The Ombudsman's Office left.", []),
    ("Croatian PM Anton Weir told MP Petra Vos no.", ["Anton Weir/person", "Petra Vos/person"]),
    ("Chief Cabinet Secretary Anton Weir left.", ["Anton Weir/person"]),
    ("PAY UP OR GO\n\nAnton Weir left.", ["Anton Weir/person"]),
    ("Sheikh Majid al-Rashid left.", ["Majid al-Rashid/person"]),
    ("They seized the patrol boat Santa Rosa on Monday.", []),
    ("It fell on the Day of National Unity again.", []),
    ("The 4,800-ton Hoshi Maru left. Hoshi Maru is old.", []),
    ("They met the BRP Dalisay at sea. The Dalisay was hit.", []),
    ("It costs KD 14,000 a day.", []),
    ("It rose to N897, and bread to N62,000.", []),
    ("They signed the Sund Defence Treaty with MEPs.", []),
    ("PERSON OF THE WEEK: Anton Weir.", ["Anton Weir/person"]),
    ("She asked the Federal Government and the Leader of the Opposition.", []),
    ("The Vadian Roads and Dams Authority paid.", ["Vadian Roads and Dams Authority/body"]),
    ("The Kenya Marine and Fisheries Research Institute paid.", ["Kenya Marine and Fisheries Research Institute/body"]),
    ("Envoys of Kenya and the Research Institute met.", ["Kenya/state", "Research Institute/body"]),
    ("The Minister of Labour and Employment, Hajia Petra Vos, left.", ["Petra Vos/person"]),
    ("The People's Unity Congress met.", ["People's Unity Congress/body"]),
    ("Defence Cabinet Secretary Anton Weir left.", ["Anton Weir/person"]),
    (
        "Sund Refinery paid the Upper Vos Petroleum Company Limited.",
        ["Sund Refinery/body", "Upper Vos Petroleum Company Limited/body"],
    ),
    ("Governor Alhaji Anton Weir met Barrister Petra Vos.", ["Anton Weir/person", "Petra Vos/person"]),
    ("09:10 Good evening from the harbour. 10:20 From Belgrade: they left.", ["Belgrade/place"]),
    ("Salutes the 700 who marched.", []),
    ("Importers, meanwhile, blame the rain.", []),
    ("Police colonel Anton Weir left.", ["Anton Weir/person"]),
    ("Bosniak member Anton Weir left. The Kingdom would pay.", ["Anton Weir/person"]),
    ("Comrade Said Mohamed Weir spoke.", ["Said Mohamed Weir/person"]),
    ("Fed-up Anton Weir spoke.", ["Anton Weir/person"]),
    ("If they are not home by New Year, Petra Vos said, we leave.", ["Petra Vos/person"]),
    ("The Front for the Liberation of Lower Vos met.", ["Front for the Liberation of Lower Vos/body"]),
    ("The Bekar Vosan Ruk (BVR) met.", ["Bekar Vosan Ruk/body", "BVR/body"]),
    ("The Black Fleet met the Swaraj Manch.", ["Black Fleet/body", "Swaraj Manch/body"]),
    ("Lawmakers of the ruling Georgian Path met.", ["Georgian Path/body"]),
    ("Petra Vos told Harbour Standard on Sunday.", ["Petra Vos/person", "Harbour Standard/outlet"]),
    ("Two frigates went to the Sund Channel.", ["Sund Channel/place"]),
    ("“Guarding our own boats is a duty,” Anton Weir said.", ["Anton Weir/person"]),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names_are_found_with_their_types(text: str, expected: list[str]) -> None:
    assert quoted(text, MentionKind.NAME) == expected


NOMINALS = [
    ("The foreign ministry’s spokeswoman left.", ["The foreign ministry’s spokeswoman/person"]),
    ("Then the former president laughed.", ["the former president/person"]),
    ("Officials and the two sides agreed.", ["Officials/group", "the two sides/group"]),
    ("The Deputy Minister of Trade Ana Lor left.", ["The Deputy Minister of Trade/person"]),
    ("The pier is to close, mayor says", ["mayor/person"]),
    ("The former home secretary who now chairs it left.", ["The former home secretary/person"]),
    ("Ana Lor, floor leader of the union, left.", ["floor leader/person", "the union/body"]),
    ("It pleased the head of the Harbour Office.", ["the head of the Harbour Office/person"]),
    ("A senior Moldovan official disagreed.", ["A senior Moldovan official/person"]),
]


@pytest.mark.parametrize(("text", "expected"), NOMINALS)
def test_role_nominals_are_found_with_their_modifiers(text: str, expected: list[str]) -> None:
    assert quoted(text, MentionKind.NOMINAL) == expected


def test_pronouns_are_found_and_the_state_us_is_none_of_them() -> None:
    assert quoted("He asked us who told the US.", MentionKind.PRONOUN) == ["He/person", "us/unknown", "who/unknown"]


def test_headline_capitals_alone_make_no_name() -> None:
    text = "Ilona Bek Closes Old Pier Before Storm\n\nThe pier shut. Ilona Bek was there. Bek left early.\n"
    found = quoted(text, MentionKind.NAME)
    assert found == ["Ilona Bek/person", "Ilona Bek/person", "Bek/person"]


def test_mentions_in_furniture_are_left_out() -> None:
    text = "Read more about Petra Vos here.\n\nIlona Bek spoke.\n"
    parts = (Part(Span(0, 31), PartKind.FURNITURE), Part(Span(33, 49), PartKind.BODY))
    assert [text[m.span.start : m.span.end] for m in mentions_of(text, parts)] == ["Ilona Bek"]
