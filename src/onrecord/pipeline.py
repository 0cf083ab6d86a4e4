"""The stages in order. This is the whole path from one document to its findings, and from findings to red lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from onrecord import __version__
from onrecord.annotation.acts import classify_acts
from onrecord.annotation.attributions import find_attributions
from onrecord.annotation.conditions import find_conditions
from onrecord.annotation.dating import date_attributions, date_document, is_dated, times_told
from onrecord.annotation.deeds import keep_words
from onrecord.annotation.events import find_events
from onrecord.annotation.figures import find_figures
from onrecord.annotation.mentions import find_mentions
from onrecord.annotation.sentences import behind_datelines, split_sentences
from onrecord.annotation.times import find_times
from onrecord.annotation.wordings import find_wordings
from onrecord.encoder import load_encoder
from onrecord.ledger.contract import View
from onrecord.linking.actors import link_actors
from onrecord.linking.heads import settle_heads, settle_unnamed_heads
from onrecord.linking.holding import set_scene, settle_offices
from onrecord.linking.introduced import introduce_speakers
from onrecord.linking.knowledge import Knowledge, load_knowledge
from onrecord.linking.organs import settle_organs
from onrecord.linking.own_voice import hear_own_voice
from onrecord.linking.owning import settle_bodies
from onrecord.linking.settling import mark_surnames, settle_actors, settle_sides
from onrecord.linking.speakers import link_pronouns, link_speakers
from onrecord.linking.whose import settle_unnamed
from onrecord.records.actors import Actor, ActorType
from onrecord.records.annotators import name_annotator
from onrecord.records.documents import ANNOTATED, Document
from onrecord.records.findings import Findings, TimeExpression
from onrecord.records.redlines import RedLine
from onrecord.records.scores import Encoder
from onrecord.records.spans import Span
from onrecord.relating import Related, is_settled_anew, relate_day, relate_whole
from onrecord.rules import relating_version, rules_version
from onrecord.settings import Settings

MOST_NEW = 0.5  # part of the documents that may be new where only what they concern is formed again


@dataclass(frozen=True, slots=True)
class Resources:
    """What the stages need beside the document: loaded once, shared, never changed."""

    encoder: Encoder
    knowledge: Knowledge
    settings: Settings
    names: Mapping[str, ActorType] | None = None  # printed names to look for; None where only ours are known

    @property
    def annotator(self) -> str:
        """The version of everything that decides what is found: package, model, rules, word lists, a user's actors."""
        return name_annotator(__version__, self.encoder.version, rules_version(), self.knowledge.added)


def load_resources(settings: Settings, *, threads: int = 2) -> Resources:
    """The encoder and the knowledge file. Raises ModelError or LexiconError if a file is missing or was changed."""
    knowledge = load_knowledge(settings.knowledge)
    names = knowledge.surface_types() if settings.knowledge else None
    return Resources(load_encoder(threads), knowledge, settings, names)


def annotate(document: Document, resources: Resources) -> Findings:
    """Everything found in one document. Pure: no clock, no network, no database."""
    if document.language != ANNOTATED:
        return Findings(document, annotator=resources.annotator)
    sentences = split_sentences(document)
    scores = resources.encoder.score(document.text)
    named = find_mentions(document, sentences, scores, names=resources.names)
    mentions, actors, links = settle_actors(
        document, *link_actors(document, named, resources.knowledge), resources.knowledge
    )
    document, times = read_dates(document, sentences, actors)
    attributions = find_attributions(
        document, sentences, scores, resources.settings, score_again=resources.encoder.score
    )
    attributions = keep_words(document.text, attributions)
    attributions = link_speakers(document, sentences, attributions, mentions, actors, resources.knowledge)
    attributions, actors = introduce_speakers(document, sentences, attributions, mentions, actors, resources.knowledge)
    attributions, actors = hear_own_voice(document, sentences, attributions, mentions, actors)
    actors = settle_offices(document, sentences, attributions, mentions, actors, resources.knowledge)
    attributions = settle_unnamed(set_scene(document, sentences, attributions, mentions, actors))
    attributions = settle_unnamed_heads(set_scene(document, sentences, attributions, mentions, actors))
    attributions = settle_organs(set_scene(document, sentences, attributions, mentions, actors))
    scene = set_scene(document, sentences, attributions, mentions, actors, resources.knowledge)
    attributions, actors = settle_bodies(scene, resources.knowledge)
    actors = settle_heads(set_scene(document, sentences, attributions, mentions, actors))
    actors = mark_surnames(attributions, actors)
    attributions = settle_sides(attributions, actors)
    mentions, pronouns = link_pronouns(document, sentences, attributions, mentions, actors, resources.knowledge)
    told, news = times_told(document, times), behind_datelines(document, sentences)
    attributions = date_attributions(document, sentences, attributions, told)
    conditions = find_conditions(document, sentences, scores, attributions, resources.settings)
    attributions = classify_acts(document, attributions, conditions, times, actors)
    return Findings(
        document=document,
        mentions=mentions,
        actors=actors,
        attributions=attributions,
        conditions=conditions,
        events=find_events(document, news, attributions, actors, mentions, told, conditions=conditions),
        figures=find_figures(document, news, attributions, told, conditions),
        times=times,
        wordings=find_wordings(document, sentences, attributions, actors, mentions),
        links=links + pronouns,
        annotator=resources.annotator,
    )


def read_dates(
    document: Document, sentences: tuple[Span, ...], actors: tuple[Actor, ...]
) -> tuple[Document, tuple[TimeExpression, ...]]:
    """The document with a date worked out where none was given, and its time expressions resolved against that date."""
    times = find_times(document, sentences)
    if is_dated(document.published):
        return document, times
    dated = replace(document, published=date_document(document, times, actors))
    return dated, find_times(dated, sentences) if dated.published.is_known else times


def relate(findings: Iterable[Findings], resources: Resources) -> tuple[RedLine, ...]:
    """The red lines of all documents together, with their histories. The order of documents does not matter."""
    return relate_whole(findings, resources.encoder).lines


def relate_archive(view: View, resources: Resources, *, whole: bool = False) -> Related | None:
    """What the red lines on record are to become, beside the joins of actors they rest on; None: they stay.

    Only what new documents and answers of reviewers concern is formed again, unless `whole`, or most are new, or the
    rules are: then all is.
    """
    version = lines_version(resources.encoder.version)
    held, news, rulings = view.workings(version), view.unrelated(), view.rulings()
    if held is None or whole or len(news) > view.counts().documents * MOST_NEW:
        return relate_whole(view.all_findings(), resources.encoder, version, rulings)
    if not news and not is_settled_anew(held, rulings):
        return None
    return relate_day(view, held, news, resources.encoder, version)


def lines_version(encoder: str) -> str:
    """The version of everything that decides which red lines documents draw together. encoder: its version."""
    return f"{encoder}+{relating_version()}"
