"""What others find on the same texts, scored beside ours in the same run.

A simple method of our own code, as a news-monitoring quotation list might do it: words between quotation marks, given
to the nearest name. And textacy's direct quotations, by an interpreter that has it with a spaCy pipeline.
"""

import json
import re
import subprocess
from collections.abc import Sequence
from typing import Any

from onrecord.annotation.quotation import quoted_regions
from onrecord.records.spans import Span

FEWEST_WORDS = 4  # shorter quotations are titles and scare quotes
FARTHEST = 200  # characters between the quotation and the name
HALVES = 80  # characters between two halves of one quotation, with a verb of saying among them
NAME = re.compile(
    r"\b(?:[Hh]e|[Ss]he)\b|\b(?!(?:The|An?|But|And|In|On|At|If|It|This|That|Th[eo]se|They|We|I|As|When|For|After|So)\b)"
    r"(?:[A-Z][\w’'.-]+ )*[A-Z][\w’'-]+"
)
CUE = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|told|tells|wr(?:ote|ites)|add(?:ed|s|ing)|ask(?:ed|s)|tweet(?:ed|s)|claim(?:ed|s))\b"
)

Found = dict[str, Any]

# Run by the other interpreter: texts as JSON lists come in, one a line; what textacy finds goes out, one list a line,
# the seconds of processor time last. Each line of a text is read by itself, since textacy gives up a text in which a
# quotation mark is missing.
TEXTACY = """
import importlib, json, sys, time
from textacy.extract.triples import direct_quotations
nlp = importlib.import_module(sys.argv[1]).load()
def span(tokens, start):
    return [[start + tokens[0].idx, start + tokens[-1].idx + len(tokens[-1])]]
began = time.process_time()
for text in map(json.loads, sys.stdin):
    found, start = [], 0
    for line in text.split("\\n"):
        try:
            told = list(direct_quotations(nlp(line)))
        except ValueError:
            told = []
        for each in told:
            parts = {"source": each.speaker, "cue": each.cue, "content": list(each.content)}
            found.append({role: span(tokens, start) for role, tokens in parts.items()})
        start += len(line) + 1
    print(json.dumps(found))
print(time.process_time() - began)
"""


def find_by_marks(text: str) -> list[Found]:
    """Attributions in the scorer's form: content with its marks, a verb of saying, and the name nearest to it."""
    regions = quoted_regions(text)
    found: list[Found] = []
    for region in regions:
        line = Span(text.rfind("\n", 0, region.start) + 1, _line_end(text, region.end))
        marked = [max(region.start - 1, line.start), min(region.end + 1, line.end)]
        if found and _is_second_half(text, found[-1]["content"][-1][1], marked[0]):
            found[-1]["content"].append(marked)
        elif len(text[region.start : region.end].split()) >= FEWEST_WORDS:
            cue = _nearest(CUE, text, region, line, regions)
            source = _nearest(NAME, text, Span(*cue[0]) if cue else region, line, regions)
            found.append({"source": source, "cue": cue, "content": [marked]})
    return found


def find_by_textacy(texts: Sequence[str], python: str, model: str) -> tuple[list[list[Found]], float]:
    """What textacy finds in each text, halves of one quotation joined, and processor seconds for all.

    python: an interpreter with textacy; model: the package of the spaCy pipeline there.
    Raises subprocess.CalledProcessError where it cannot run.
    """
    sent = "".join(json.dumps(text) + "\n" for text in texts)
    done = subprocess.run([python, "-c", TEXTACY, model], input=sent, capture_output=True, text=True, check=True)
    *found, seconds = done.stdout.splitlines()
    return [_join_halves(json.loads(line)) for line in found], float(seconds)


def _join_halves(found: Sequence[Found]) -> list[Found]:
    """Quotations of one speaker and cue as one attribution."""
    joined: dict[str, Found] = {}
    for each in found:
        first = joined.setdefault(json.dumps([each["source"], each["cue"]]), each)
        if first is not each:
            first["content"] += each["content"]
    return list(joined.values())


def _is_second_half(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    return start - end <= HALVES and "\n" not in between and bool(CUE.search(between))


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _nearest(
    pattern: re.Pattern[str], text: str, place: Span, line: Span, regions: tuple[Span, ...]
) -> list[list[int]]:
    """The match on the line, outside every quotation, with the fewest characters between; [] beyond FARTHEST."""
    places = [Span(*match.span()) for match in pattern.finditer(text, line.start, line.end)]
    places = [each for each in places if not any(a < each.end and each.start < b for a, b in regions)]
    ranked = sorted((max(each.start - place.end, place.start - each.end), each) for each in places)
    return [list(ranked[0][1])] if ranked and ranked[0][0] <= FARTHEST else []
