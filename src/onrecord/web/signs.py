"""Which drawn sign stands for what: signs differ in shape, so that nothing rests on colour or on a font's glyphs."""

from onrecord.lexicon.labels import Label
from onrecord.records.redlines import RollUp, Status
from onrecord.records.rows import Review

STATUS_SIGN = {
    Status.DECLARED: "diamond",
    Status.REITERATED: "ring",
    Status.CLARIFIED: "dotted",
    Status.HARDENED: "up",
    Status.SOFTENED: "down",
    Status.CONDITION_ANNOUNCED: "half",
    Status.CONDITION_REPORTED: "square",
    Status.CONDITION_DISPUTED: "split",
    Status.TESTED_BELOW_THRESHOLD: "low",
    Status.CONSEQUENCE_INVOKED: "target",
    Status.CONSEQUENCE_REPORTED: "disc",
    Status.NOT_ENFORCED: "box",
    Status.WITHDRAWN: "cross",
    Status.SUPERSEDED: "arrow",
    Status.LAPSED_INFERRED: "dashes",
    Status.UNKNOWN: "query",
}

ROLLUP_SIGN = {
    RollUp.STANDING: "ring",
    RollUp.TESTED: "square",
    RollUp.INVOKED_IN_WORDS: "target",
    RollUp.CARRIED_OUT: "disc",
    RollUp.NOT_ENFORCED: "box",
    RollUp.WITHDRAWN: "cross",
    RollUp.SUPERSEDED: "arrow",
    RollUp.UNKNOWN: "query",
}

REVIEW = {
    Review.SUGGESTED: Label("dotted", "machine-suggested", "Found by the program; no person has looked at it yet."),
    Review.CONFIRMED: Label("tick", "confirmed", "A person has read the passage and agrees."),
    Review.CORRECTED: Label("pen", "corrected", "A person has changed it; the change and its reason are in the log."),
    Review.REJECTED: Label("cross", "rejected", "A person has read the passage and does not agree."),
    Review.UNSURE: Label("query", "unsure", "A person has read the passage and could not decide."),
    Review.DISPUTED: Label("split", "disputed", "Reviewers’ latest answers differ."),
}

CHANGED_PART = {
    "condition": "Condition",
    "actor": "Who",
    "counterpart": "With whom",
    "scope": "Scope",
    "consequence": "Consequence",
}
