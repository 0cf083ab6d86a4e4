"""Markup that is made outside a template, for speed: marked words, signs, and the small parts that lists repeat.

Words from outside pass through `escape` and nothing else; what is not escaped is written here.
"""

from functools import cache, lru_cache
from urllib.parse import quote

from markupsafe import Markup, escape

from onrecord.lexicon.days import When
from onrecord.web.marks import Close, Mark, Open, Role, Token, Tokens, Words
from onrecord.web.shown import REPEATED, ReviewShown, WhoShown
from onrecord.web.signs import REVIEW

# Drawn around 0,0, 16 wide: f filled, o outlined, l a line. They differ in shape, and no font can lack them.
SHAPES = {
    "diamond": '<path class="o" d="M0-8 8 0 0 8-8 0z"/>',
    "ring": '<circle class="o" r="7"/>',
    "dotted": '<circle class="o dash" r="7"/>',
    "up": '<path class="f" d="M0-8 8 7H-8z"/>',
    "down": '<path class="o" d="M0 8 8-7H-8z"/>',
    "half": '<path class="o" d="M-7-7H7V7H-7z"/><path class="f" d="M-7-7H0V7H-7z"/>',
    "square": '<path class="f" d="M-7-7H7V7H-7z"/>',
    "split": '<path class="o" d="M-7-7H7V7H-7z"/><path class="l" d="M-7 7 7-7"/>',
    "low": '<path class="o" d="M-7-7H7V7H-7z"/><path class="f" d="M-7 1H7V7H-7z"/>',
    "target": '<path class="o" d="M-7-7H7V7H-7z"/><path class="f" d="M-3.5-3.5h7v7h-7z"/>',
    "disc": '<circle class="f" r="7.5"/>',
    "box": '<path class="o" d="M-7-7H7V7H-7z"/>',
    "cross": '<path class="l" d="M-6-6 6 6M6-6-6 6"/>',
    "arrow": '<path class="l" d="M-7 5C-6-6 4-7 6 3M1.5 0 6 4 8-2"/>',
    "dashes": '<path class="l" d="M-8 0h4M-2 0h4M4 0h4"/>',
    "tick": '<path class="l" d="M-6 0-2 5 7-6"/>',
    "pen": '<path class="l" d="M-6 6-5 2 4-7 7-4-2 5z"/>',
    "bar": '<path class="f" d="M-2.5-7h5V7h-5z"/>',
    "quoted": '<path class="f" d="M-6-5h5v5l-3 5h-2l1.5-5H-6zM1-5h5v5L3 5H1L2.5 0H1z"/>',
    "query": '<circle class="o" r="7"/><path class="l" d="M-2.5-2C-2-4.5 2.5-4.5 2.5-1.5 2.5.5 0 .5 0 2M0 4v1"/>',
}
ANCHORED = (Role.HERE, Role.HIT)  # their record is the anchor that leads to them
SAID = {role: "this passage" if role is Role.HERE else role.value for role in Role}


@cache
def shape(name: str) -> Markup:
    """A sign's shape, to be placed in a drawing."""
    return Markup(SHAPES[name])


@cache
def sign(name: str) -> Markup:
    """A sign in a line of text."""
    return Markup(
        '<svg class="sign" viewBox="-10 -10 20 20" width="16" height="16" aria-hidden="true" focusable="false">'
        f"{SHAPES[name]}</svg>"
    )


@lru_cache(REPEATED)
def day(when: When) -> Markup:
    """A date; where it is one day, for machines too."""
    if when.earliest and when.earliest == when.latest:
        return Markup('<time datetime="{}">{}</time>').format(when.earliest, when.words)
    return Markup("<span>{}</span>").format(when.words)


@lru_cache(REPEATED)
def basis(when: When) -> Markup:
    """How a date is known: "Wednesday. Printed in the text: “on Wednesday”"."""
    weekday = f"{when.weekday}. " if when.weekday else ""
    reason = f": {when.reason}" if when.reason else ""
    return escape(weekday + when.basis.capitalize() + reason)


@lru_cache(REPEATED)
def who(person: WhoShown) -> Markup:
    """A name, leading to its page where there is one."""
    if person.key is None:
        return Markup("<span>{}</span>").format(person.name)
    return Markup('<a href="/people/{}">{}</a>').format(quote(person.key), person.name)


@lru_cache(REPEATED)
def review(state: ReviewShown) -> Markup:
    """How a record stands with its reviewers, with its sign."""
    drawn = sign(REVIEW[state.review].sign)
    return Markup('<span class="review r-{}">{} {}</span>').format(state.review.value, drawn, state.words)


def marked(tokens: Tokens) -> Markup:
    """The words exactly as printed, in their marks, each mark named for those who do not see it."""
    return Markup("".join(map(_draw, tokens)))


def _draw(token: Token) -> str:
    if isinstance(token, Words):
        return str(escape(token.text))
    if isinstance(token, Open):
        return _begin(token.mark, token.first)
    return _end(token)


def _begin(mark: Mark, first: bool) -> str:
    anchor = f' id="{escape(mark.record)}"' if first and mark.role in ANCHORED else ""
    named = f'<span class="vh">[{SAID[mark.role]}: </span>' if first and mark.role is not Role.HIT else ""
    return f'<mark class="{mark.role.value}"{anchor}>{named}'


def _end(token: Close) -> str:
    named = '<span class="vh">]</span>' if token.last and token.mark.role is not Role.HIT else ""
    return f"{named}</mark>"
