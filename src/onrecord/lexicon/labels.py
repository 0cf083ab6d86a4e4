"""What a reader is told for each value a record can take: a sign, a label, and what it claims and does not claim."""

from dataclasses import dataclass

from onrecord.records.actors import LinkBasis
from onrecord.records.documents import Basis
from onrecord.records.findings import DRAWN, Act, Condition, Directness, EventRealis, Form, Operator, Realis
from onrecord.records.redlines import RedLine, RollUp, Status, StatusEntry


@dataclass(frozen=True, slots=True)
class Label:
    """A sign that can be told from the others without colour, a short label, and a sentence of explanation."""

    sign: str
    text: str
    meaning: str


STATUS = {
    Status.DECLARED: Label("◇", "Declared", "First time the line is worded in this coverage."),
    Status.REITERATED: Label("○", "Said again", "The same line in the same or nearly the same words."),
    Status.CLARIFIED: Label("◌", "Clarified", "The issuer says what the line means or does not mean."),
    Status.HARDENED: Label("▲", "Hardened", "The condition widens or the consequence grows."),
    Status.SOFTENED: Label("▽", "Softened", "The condition narrows or the consequence shrinks."),
    Status.CONDITION_ANNOUNCED: Label("◧", "Condition announced", "Someone announces what the line warns of."),
    Status.CONDITION_REPORTED: Label("■", "Condition reported", "A source reports that the condition has been met."),
    Status.CONDITION_DISPUTED: Label("◫", "Condition disputed", "Whether the condition has been met is disputed."),
    Status.TESTED_BELOW_THRESHOLD: Label("◨", "Tested", "Something near the condition is reported, short of it."),
    Status.CONSEQUENCE_INVOKED: Label("▣", "Consequence invoked, in words", "The issuer says the consequence holds."),
    Status.CONSEQUENCE_REPORTED: Label(
        "◼", "Consequence reported, in deeds", "A source reports that it was carried out."
    ),
    Status.NOT_ENFORCED: Label("□", "Not enforced", "A source says the consequence did not follow."),
    Status.WITHDRAWN: Label("✕", "Withdrawn", "The issuer takes the line back."),
    Status.SUPERSEDED: Label("↷", "Superseded", "The issuer names another line in its place."),
    Status.LAPSED_INFERRED: Label("┄", "Lapsed, inferred", "Worked out: nothing in the coverage keeps the line alive."),
    Status.UNKNOWN: Label("?", "Not clear", "The passage touches the line; what it does to it is not clear."),
}

ROLLUP = {
    RollUp.STANDING: Label("○", "Standing", "Stated, and nothing in the coverage says that it was met or withdrawn."),
    RollUp.TESTED: Label("■", "Tested", "The condition, or something near it, has been reported."),
    RollUp.INVOKED_IN_WORDS: Label("▣", "Invoked, in words", "The issuer says that the consequence now holds."),
    RollUp.CARRIED_OUT: Label("◼", "Carried out", "A source reports the consequence as done."),
    RollUp.NOT_ENFORCED: Label("□", "Not enforced", "A source says the consequence did not follow."),
    RollUp.WITHDRAWN: Label("✕", "Withdrawn", "Taken back by the issuer."),
    RollUp.SUPERSEDED: Label("↷", "Superseded", "Another line was named in its place."),
    RollUp.UNKNOWN: Label("?", "Outcome not in the coverage", "The coverage does not tell what became of it."),
}

ACT = {
    Act.RED_LINE: "red line",
    Act.THREAT: "threat",
    Act.ULTIMATUM: "ultimatum",
    Act.DEMAND: "demand",
    Act.PRECONDITION: "precondition",
    Act.PROMISE: "promise",
    Act.OFFER: "offer",
    Act.REFUSAL: "refusal",
    Act.POSITION: "position",
    Act.DENIAL: "denial",
    Act.ACCUSATION: "accusation",
    Act.OTHER: "other",
}

DIRECTNESS = {
    Directness.DIRECT: Label("“ ”", "quoted", "All of the content stands in quotation marks."),
    Directness.MIXED: Label("“…", "partly quoted", "Part of the content stands in quotation marks."),
    Directness.INDIRECT: Label("¶", "paraphrased", "The outlet’s words for what was said."),
    Directness.UNMARKED: Label("…", "spoken, no marks", "A spoken passage printed without quotation marks."),
}

LINK_BASIS = {
    LinkBasis.NAME: "named in the text",
    LinkBasis.ALIAS: "a known other name",
    LinkBasis.PRONOUN: "inferred from a pronoun",
    LinkBasis.ROLE: "inferred from a role",
    LinkBasis.METONYM: "inferred: a capital or building stands for its state",
    LinkBasis.APPOSITION: "named beside the role",
    LinkBasis.CONTINUED: "inferred: the same speaker goes on",
    LinkBasis.OUTLET: "the outlet’s own voice",
    LinkBasis.REVIEWED: "settled by a reviewer",
    LinkBasis.NONE: "not linked to anyone",
}

INFERRED_LINKS = frozenset({LinkBasis.PRONOUN, LinkBasis.ROLE, LinkBasis.METONYM, LinkBasis.CONTINUED})

FORM = {
    Form.IF: "if",
    Form.ONLY_IF: "only if",
    Form.UNLESS: "unless",
    Form.UNTIL: "until",
    Form.AFTER: "after",
    Form.AS_LONG_AS: "as long as",
    Form.WITHOUT: "without",
    Form.INVERSION: "inversion (“should they …”)",
    Form.NOMINAL: "a noun (“… is a red line”)",
    Form.NONE: "no connective",
}

READ_BY_ENCODER = "head:"  # how `produced_by` begins where no listed wording was found


def tell_reading(condition: Condition) -> str:
    """By what a condition was recognised, in a reader's words."""
    if condition.produced_by == READ_BY_ENCODER + "contrary":
        return "read by the trained model as contrary to fact; no listed wording stands there"
    if condition.produced_by.startswith(READ_BY_ENCODER):
        return "read by the trained model alone; no word such as “if” stands there"
    also = "; the trained model too reads it as a line that somebody lays down" if DRAWN in condition.flags else ""
    return f"recognised by its wording{also}"


REALIS = {
    Realis.OPEN: "open",
    Realis.COUNTERFACTUAL: "contrary to fact: not a live line",
    Realis.FACTUAL: "already a fact",
    Realis.HYPOTHETICAL: "only imagined",
}

EVENT_REALIS = {
    EventRealis.ASSERTED: "reported as having happened",
    EventRealis.PLANNED: "planned",
    EventRealis.POSSIBLE: "called possible",
    EventRealis.HYPOTHETICAL: "only imagined",
    EventRealis.DENIED: "denied",
}

OPERATOR = {Operator.AND: "and", Operator.OR: "or"}

VOICE = {
    "speaker": "the issuer’s words, as reported",
    "outlet": "the outlet’s paraphrase",
    "headline": "a headline",
}

SPOKEN = {
    Directness.DIRECT: "the issuer’s own words, in quotation marks",
    Directness.MIXED: "the issuer’s words, partly in quotation marks",
    Directness.INDIRECT: "the issuer’s words, in the outlet’s paraphrase",
    Directness.UNMARKED: "the issuer’s words, printed without quotation marks",
}

NO_OUTLET = "outlet not named"  # never a title in its place: who published is not known
OUTLET_BASIS = {
    Basis.GIVEN: "outlet given by the user",
    Basis.METADATA: "outlet from the page’s metadata",
    Basis.TEXT: "outlet named in the text",
    Basis.INFERRED: "outlet worked out",
    Basis.UNKNOWN: NO_OUTLET,
}

CHANGED_PART = {
    "condition": "Condition",
    "actor": "Who",
    "counterpart": "With whom",
    "scope": "Scope",
    "consequence": "Consequence",
}


def doubt_words(score: float) -> str:
    """How sure the machine is, in words: a reader should not compare third decimals."""
    if score >= 0.9:
        return "machine sure"
    return "machine fairly sure" if score >= 0.7 else "machine unsure"


NOT_TOLD = (Status.UNKNOWN, Status.LAPSED_INFERRED)  # steps that say what the coverage is silent about
UNMADE = (RollUp.STANDING, RollUp.UNKNOWN)  # no step made these states: their day is when the line was last heard of
MADE_BY = {  # a state's day is that of a step of its own kind, whatever is told of the condition later
    RollUp.TESTED: (Status.CONDITION_REPORTED, Status.TESTED_BELOW_THRESHOLD),
    RollUp.INVOKED_IN_WORDS: (Status.CONSEQUENCE_INVOKED,),
    RollUp.CARRIED_OUT: (Status.CONSEQUENCE_REPORTED,),
    RollUp.NOT_ENFORCED: (Status.NOT_ENFORCED,),
    RollUp.WITHDRAWN: (Status.WITHDRAWN,),
    RollUp.SUPERSEDED: (Status.SUPERSEDED,),
}


def step_of_state(line: RedLine) -> StatusEntry | None:
    """The dated step that made the line's state, or the last one where none did; None where no step has a day."""
    told = [entry for entry in line.history if entry.status not in NOT_TOLD and entry.when.is_known]
    made = [entry for entry in told if entry.status in MADE_BY.get(line.rollup, ())] or told
    return made[-1] if made else None
