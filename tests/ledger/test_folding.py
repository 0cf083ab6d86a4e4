import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import LedgerError
from onrecord.ledger.folding import Term, find_terms, fold, fold_name, fold_words, read_query


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élan", "elan"),
        ("E\u0301lan", "elan"),
        ("STRASSE, Straße", "strasse, strasse"),
        ("„Nein“ «non» ”no“", '"nein" "non" "no"'),
        ("don’t", "don't"),
        ("a\u00a0b\u2009c\u3000d\te", "a b c d e"),
        ("ﬁnal ½", "final 1⁄2"),
        ("soft\u00adhyphen\u200b", "softhyphen"),
        ("Київ Й", "киів и"),
        ("Łódź, Ærø", "lodz, aero"),
        ("ǅ İstanbul ıslak", "dz istanbul islak"),
        ("Ｆｕｌｌ", "full"),
    ],
)
def test_case_accents_quotes_and_spaces_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("", ()),
        ('"" * ( ) -', ()),
        ("red line", (Term(("red",)), Term(("line",)))),
        ('"red line" talks', (Term(("red", "line")), Term(("talks",)))),
        ("“Red line”", (Term(("red", "line")),)),
        ("refer*", (Term(("refer",), prefix=True),)),
        ("don't", (Term(("don", "t")),)),
        ('"never closed', (Term(("never",)), Term(("closed",)))),
        ("NEAR(a b)", (Term(("near", "a")), Term(("b",)))),
        ("99.23%", (Term(("99", "23")),)),
    ],
)
def test_a_query_is_words_and_phrases(query: str, terms: tuple[Term, ...]) -> None:
    assert read_query(query) == terms


@pytest.mark.parametrize("query", ["a " * 65, "x" * 4_001])
def test_a_query_that_is_too_long_is_refused(query: str) -> None:
    with pytest.raises(LedgerError, match="a search takes at most"):
        read_query(query)


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("the vote, the Vote", "vote", ["vote", "Vote"]),
        ("voters vote", "vote", ["vote"]),
        ("voters vote", "vot*", ["vot", "vot"]),
        ("no\u00a0talks – none", '"no talks none"', ["no\u00a0talks – none"]),
        ("cafe\u0301s, cafe\u0301", "café", ["cafe\u0301"]),
        ("oﬃce", "office", ["oﬃce"]),
        ("oﬃce", "of*", ["oﬃ"]),
        ("soft\u00adly", "softly", ["soft\u00adly"]),
        ("a 👩‍👩‍👧 family", "family", ["family"]),
        ("nothing", "else", []),
        ("市议会周五表示，大桥仍然关闭。", "大桥", ["大桥"]),
        ("橋は閉鎖、BBC報道", "bbc", ["BBC"]),
        ("橋は閉鎖、BBC報道", "橋は閉", ["橋は閉"]),
        ("第5章と第6章", "第5章", ["第5章"]),
        ("ปิดสะพาน", "สะพาน", ["สะพาน"]),
        ("हिन्दी में पुल", "पुल", ["पुल"]),
    ],
)
def test_words_are_found_at_their_raw_offsets(text: str, query: str, found: list[str]) -> None:
    assert [text[slice(*span)] for span in find_terms(text, read_query(query))] == found


@given(st.text(max_size=60), st.text(max_size=60))
def test_every_word_of_a_text_is_found_where_it_stands(before: str, after: str) -> None:
    text = f"{before} Kessèl {after}"
    spans = find_terms(text, read_query("KESSEL"))
    assert "Kessèl" in [text[slice(*span)].strip() for span in spans]
    assert all(fold_words(text[slice(*span)]) == "kessel" for span in spans)


@given(st.text(max_size=80))
def test_the_form_of_composition_does_not_matter(text: str) -> None:
    assert fold_words(unicodedata.normalize("NFD", text)) == fold_words(unicodedata.normalize("NFC", text))


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold_words(fold_words(text)) == fold_words(text)
    assert fold_name(fold_name(text)) == fold_name(text)


@given(st.text(max_size=200))
def test_what_a_query_becomes_is_always_plain_words(text: str) -> None:
    for term in read_query(text):
        assert all(word.isalnum() for word in term.words)


@pytest.mark.parametrize(
    "text", ['"' * 500_000, "said said " * 50_000, "e\u0301" * 200_000, " " * 500_000, "ﷺ" * 30_000]
)
def test_attack_28_a_megabyte_of_signs_is_folded_and_searched_in_linear_time(text: str) -> None:
    start = time.process_time()
    fold_words(text)
    find_terms(text, read_query('said "said said said else" e*'))
    assert time.process_time() - start < 10
