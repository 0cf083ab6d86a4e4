import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.redlines.redlines_made import article, line_about, lines_of, texts_of

from onrecord.records.findings import Act, Findings, Realis
from onrecord.records.redlines import RedLine
from onrecord.records.scores import Encoder
from onrecord.records.spans import quote_spans
from onrecord.redlines.lines import ids_of
from onrecord.redlines.people import call_people, choose_names, unify_people

DAM = article(
    '"<s who=tarn for=velland said=2031-03-04><if c=1>If anyone touches the Orle dam</if>, '
    '<then c=1>Velland will close the strait</then></s>," Tarn said.'
)
DAM_TOLD = article(
    "Tarn told deputies that <s who=tarn for=velland as=indirect said=2031-03-04><then c=1>the strait "
    "would be shut</then> "
    "<if c=1>should Morrow touch the dam at Orle</if></s>.",
    "2031-03-06",
    "Northern Wire",
)
DAM_AGAIN = article(
    '"<s who=tarn for=velland said=2031-06-20><if c=1>If somebody lays a hand on the Orle dam</if>, '
    '<then c=1>we will close the strait</then></s>," she said on Friday.',
    "2031-06-20",
)
PORTS = article(
    '"<s who=tarn for=velland said=2031-04-01><if c=1>If our ports are bombed</if>, '
    '<then c=1>we will strike back</then></s>," Tarn said.',
    "2031-04-02",
)
BLOWN = article("<e who=morrow when=2031-09-01>Morrovian engineers blew a hole in the Orle dam</e>.", "2031-09-02")
COVERAGE = (DAM, DAM_TOLD, DAM_AGAIN, PORTS, BLOWN)


def test_the_same_condition_of_the_same_issuer_is_one_line_across_outlets(encoder: Encoder) -> None:
    lines = lines_of(encoder, *COVERAGE)
    assert len(lines) == 2
    assert {mention.document for mention in line_about("dam", lines).mentions} == {
        each.document.id for each in (DAM, DAM_TOLD, DAM_AGAIN)
    }


def test_a_line_is_worded_by_the_first_clear_words_of_its_issuer(encoder: Encoder) -> None:
    line = line_about("dam", lines_of(encoder, *COVERAGE))
    assert line.condition == "anyone touches the Orle dam"
    assert line.consequence == "Velland will close the strait"
    assert (line.issuer, line.issuer_name, line.on_behalf_of) == ("person:ilse tarn", "Ilse Tarn", "state:velland")


def test_every_mention_says_what_joined_it(encoder: Encoder) -> None:
    mentions = line_about("dam", lines_of(encoder, *COVERAGE)).mentions
    assert [mention.rule for mention in mentions] == ["first", "joined", "joined"]
    assert all(mention.reason and 0 < mention.score <= 1 for mention in mentions)
    assert "consequence" in mentions[1].reason


def test_the_same_words_of_another_issuer_are_another_line(encoder: Encoder) -> None:
    other = article(
        '"<s who=hask for=morrow said=2031-03-04><if c=1>If anyone touches the Orle dam</if>, '
        '<then c=1>we will close the strait</then></s>," Hask said.'
    )
    assert len(lines_of(encoder, DAM, other)) == 2


def test_a_spokesman_of_the_same_state_words_the_same_line(encoder: Encoder) -> None:
    spoken = article(
        '"<s who=odo for=velland said=2031-05-04><if c=1>If anyone touches the Orle dam</if>, '
        '<then c=1>Velland will close the strait</then></s>," Odo said.',
        "2031-05-05",
    )
    (line,) = lines_of(encoder, DAM, spoken)
    assert line.issuer == "person:ilse tarn"


LOWERED = article(
    '"<s who=tarn for=velland said=2031-05-20><if c=1>Should the water behind the Orle dam be lowered</if>, '
    '<then c=1>Velland will answer with all it has</then></s>," Tarn said.',
    "2031-05-20",
)


def test_lines_that_may_be_one_name_each_other_and_what_they_share(encoder: Encoder) -> None:
    dam, lowered = lines_of(encoder, DAM, LOWERED)
    assert (dam.near[0].line, lowered.near[0].line) == (lowered.id, dam.id)
    assert dam.near[0].other == lowered.near[0].mention == lowered.mentions[0].id
    assert "words of" in dam.near[0].reason


def test_lines_that_share_no_words_or_exclude_each_other_are_not_near(encoder: Encoder) -> None:
    drained = article(
        '"<s who=tarn for=velland said=2031-05-20><if c=1>If the lake at Sill is drained</if>, '
        '<then c=1>we will call up the reserve</then></s>," Tarn said.'
    )
    assert not any(line.near for line in lines_of(encoder, *COVERAGE, drained))


def test_two_lines_named_in_one_breath_are_not_near(encoder: Encoder) -> None:
    both = article(
        '"<s who=tarn for=velland said=2031-03-04><if c=1>If anyone touches the Orle dam</if>, <then c=1>we will close '
        "the strait</then>. <if c=2>If the water behind the Orle dam is lowered</if>, <then c=2>we will shut the strait"
        '</then></s>," Tarn said.'
    )
    lines = lines_of(encoder, both)
    assert len(lines) == 2
    assert not any(line.near for line in lines)


def test_alternatives_joined_by_or_are_lines_of_their_own_and_related(encoder: Encoder) -> None:
    both = article(
        '"<s who=tarn for=velland said=2031-03-04><if c=1>If anyone touches the Orle dam</if>, <if c=1>or if '
        "a toll is put "
        'on our ships</if>, <then c=1>Velland will leave the talks</then></s>," Tarn said.'
    )
    dam, toll = lines_of(encoder, both)
    assert dam.related == (toll.id,)
    assert toll.related == (dam.id,)
    assert dam.mentions[0].condition != toll.mentions[0].condition


def test_conditions_joined_by_and_are_one_line(encoder: Encoder) -> None:
    both = article(
        '"<s who=tarn for=velland><if c=1 op=and>If the dam is touched</if> <if c=1 op=and>and our ships are '
        "stopped</if>, "
        '<then c=1>Velland will leave the talks</then></s>," Tarn said.'
    )
    (line,) = lines_of(encoder, both)
    assert line.condition == "the dam is touched and and our ships are stopped"
    assert len(line.mentions[0].condition) == 2


def test_a_counterfactual_draws_no_line(encoder: Encoder) -> None:
    past = article(
        '"<s who=tarn for=velland><if c=1 realis=counterfactual>Had they touched the dam</if>, '
        '<then c=1>we would have closed the strait</then></s>," Tarn said.'
    )
    assert lines_of(encoder, past) == ()


def test_a_supposition_draws_no_line_but_is_shown_with_one(encoder: Encoder) -> None:
    supposed = article(
        '"<s who=tarn for=velland said=2031-07-01>Let us suppose <if c=1 realis=hypothetical>that somebody '
        "touches the Orle "
        'dam</if>. <then c=1>The strait would be closed</then></s>," Tarn said.',
        "2031-07-02",
    )
    assert lines_of(encoder, supposed) == ()
    (line,) = lines_of(encoder, DAM, supposed)
    assert [mention.realis for mention in line.mentions] == [Realis.OPEN, Realis.HYPOTHETICAL]
    assert line.mentions[1].rule == "supposed"
    assert all(entry.passage.document != supposed.document.id for entry in line.history)


def test_a_question_advice_and_a_promise_draw_no_line(encoder: Encoder) -> None:
    others = article(
        "Tarn was asked <s who=tarn for=velland act=other><if c=1>whether the dam is touched</if> <then "
        "c=1>means war</then></s>. "
        "<s who=tarn act=other><if c=2>If you see the dam</if>, <then c=2>bring a coat</then></s>. "
        "<s who=tarn for=velland act=promise><if c=3>If the river falls</if>, <then c=3>we will build a "
        "bridge</then></s>."
    )
    assert lines_of(encoder, others) == ()


def test_a_headline_is_a_mention_of_the_line_below_it(encoder: Encoder) -> None:
    topped = article(
        "<s who=tarn for=velland as=indirect>Tarn: <if c=1>Touch the dam</if> and <then c=1>we close the "
        "strait</then></s>\n"
        '"<s who=tarn for=velland said=2031-03-04><if c=2>If anyone touches the Orle dam</if>, '
        '<then c=2>Velland will close the strait</then></s>," Tarn said.',
        headline=True,
    )
    (line,) = lines_of(encoder, topped)
    assert sorted(mention.voice for mention in line.mentions) == ["headline", "speaker"]
    assert line.condition == "anyone touches the Orle dam"


def test_an_outlet_may_word_a_line_in_its_own_voice(encoder: Encoder) -> None:
    told = article("<then c=1>Velland would leave the talks</then> <if c=1>if the dam were touched</if>.")
    (line,) = lines_of(encoder, told)
    assert line.mentions[0].voice == "outlet"
    assert line.issuer == "state:velland"


def test_a_refusal_and_a_red_line_about_the_same_act_are_one(encoder: Encoder) -> None:
    one = article(
        '"<s who=tarn for=velland act=red_line said=2031-03-04><if c=1 form=nominal>Recognition of the '
        "valley</if> is a red "
        'line</s>," Tarn said.'
    )
    other = article(
        '"<s who=tarn for=velland act=refusal said=2031-04-04><if c=1 form=nominal>Recognition of the valley</if> is '
        'unacceptable</s>," she said.',
        "2031-04-05",
    )
    (line,) = lines_of(encoder, one, other)
    assert line.act is Act.RED_LINE
    assert line.consequence == ""


def test_it_goes_with_the_condition_right_before_it(encoder: Encoder) -> None:
    (line,) = lines_of(
        encoder,
        article(
            '"<s who=tarn for=velland act=red_line><if c=1 form=nominal>The raising of the flag over the '
            "lighthouse</if> is a red "
            'line. If <if c=2>it goes up</if>, <then c=2>our ambassador comes home</then></s>," Tarn said.'
        ),
    )
    assert len(line.mentions) == 2


def test_leaving_and_coming_back_are_two_lines(encoder: Encoder) -> None:
    back = article(
        '"<s who=tarn for=velland said=2031-06-20 act=precondition>Velland <then c=1>will go back to the talks</then> '
        '<if c=1 form=only_if>if nobody touches the Orle dam</if></s>," she said.',
        "2031-06-21",
    )
    leave = article(
        '"<s who=tarn for=velland said=2031-03-04><if c=1>If anyone touches the Orle dam</if>, '
        '<then c=1>Velland will leave the talks</then></s>," Tarn said.'
    )
    assert len(lines_of(encoder, leave, back)) == 2


def test_one_person_in_two_spellings_draws_one_line(encoder: Encoder) -> None:
    from evaluation.marked import form_actors, mark_document

    def spelled(name: str, published: str) -> Findings:
        actors = form_actors({"one": {"names": [name], "office": "president"}})
        text = (
            f'"<s who=one said={published}><if c=1>If anyone touches the Orle dam</if>, '
            f'<then c=1>we will close the strait</then></s>," {name} said.'
        )
        return mark_document({"text": text, "published": published, "outlet": "Post"}, actors)[0]

    lines = lines_of(encoder, spelled("Damir Kholvat", "2031-03-04"), spelled("Damir Holvath", "2031-05-04"))
    assert [line.issuer_name for line in lines] == ["Damir Kholvat"]


@given(st.permutations(COVERAGE))
@settings(max_examples=25, deadline=None)
def test_the_order_of_documents_does_not_matter(encoder: Encoder, order: list[Findings]) -> None:
    assert lines_of(encoder, *order) == lines_of(encoder, *COVERAGE)


@given(st.sets(st.integers(0, len(COVERAGE) - 1), min_size=1))
@settings(max_examples=25, deadline=None)
def test_an_id_given_to_less_coverage_still_finds_the_line(encoder: Encoder, chosen: set[int]) -> None:
    fewer = lines_of(encoder, *(COVERAGE[place] for place in sorted(chosen)))
    known = {name: line for line in lines_of(encoder, *COVERAGE) for name in ids_of(line)}
    assert all(line.id in known for line in fewer)


def test_every_span_of_a_line_quotes_its_document(encoder: Encoder) -> None:
    texts = texts_of(COVERAGE)
    for line in lines_of(encoder, *COVERAGE):
        for mention in line.mentions:
            for spans in mention.condition:
                assert quote_spans(texts[mention.document], spans) in mention.condition_text
        for entry in line.history:
            assert quote_spans(texts[entry.passage.document], entry.passage.spans) == entry.passage.text


def test_no_coverage_and_no_conditions_give_no_lines(encoder: Encoder) -> None:
    nothing: tuple[RedLine, ...] = ()
    assert lines_of(encoder) == nothing
    assert lines_of(encoder, article("It rained in Orle.")) == nothing


def test_to_leave_the_place_of_talks_is_to_quit_the_talks_of_that_place(encoder: Encoder) -> None:
    first = article(
        '"<s who=tarn for=velland said=2031-03-04><if c=1>If one Morrovian diver touches the Orle dam</if>, '
        '<then c=1>Velland will walk out of the Sundmark talks</then></s>," Tarn said.'
    )
    told = article(
        "In spring Tarn warned that <s who=tarn for=velland as=indirect act=threat><then c=1>her country would leave "
        "Sundmark</then> <if c=1>if the dam was touched</if></s>.",
        "2031-06-05",
    )
    assert len(lines_of(encoder, first, told)) == 1
    elsewhere = article(
        "In spring Tarn warned that <s who=tarn for=velland as=indirect act=threat><then c=1>her country would leave "
        "Norvale</then> <if c=1>if the dam was touched</if></s>.",
        "2031-06-05",
    )
    assert len(lines_of(encoder, first, elsewhere)) == 2


def test_a_line_shows_the_full_name_that_most_documents_print() -> None:
    counted = {("Q7", "Tarn"): 2, ("Q7", "Ilse Tarnn"): 1, ("Q7", "Ilse Tarn"): 2}
    assert choose_names(counted) == {"Q7": "Ilse Tarn"}


def test_who_is_known_by_surname_alone_is_called_by_the_one_full_name() -> None:
    names = {"tarn": "Tarn", "ilse": "Ilse Tarn", "damir": "Damir Kholvat", "holvath": "Damir Kholvath"}
    called = call_people(names, unify_people(names))
    assert called == names | {"tarn": "Ilse Tarn"}


@pytest.mark.parametrize(
    ("act", "consequence", "drawn"),
    [
        ("threat", "the strait closes the same day", True),
        ("other", "the strait closes the same day", False),  # nothing says that it is hers to close
        ("threat", "Morrow closes the strait the same day", False),
    ],
)
def test_who_threatens_and_names_nobody_else_means_a_deed_of_the_own_side(
    encoder: Encoder, act: str, consequence: str, drawn: bool
) -> None:
    told = article(
        f'"<s who=tarn for=velland said=2031-03-04 act={act}><if c=1>If a barge of ours is opened</if>, '
        f"<then c=1>{consequence}</then>. <then c=2>It stays like that</then> until <if c=2 form=until>the rule is "
        'gone</if></s>," Tarn said.'
    )
    assert any("barge" in line.condition for line in lines_of(encoder, told)) is drawn


def test_what_somebody_only_asks_draws_no_line(encoder: Encoder) -> None:
    asked = article(
        "Hask asked <s who=hask for=morrow as=indirect said=2031-03-04 act=other cue=asked>whether <then c=1>Morrow "
        "would close the strait</then> if <if c=1>the Orle dam was touched</if></s>."
    )
    assert not lines_of(encoder, asked)
