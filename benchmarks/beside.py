"""Beside textacy and spaCy on the same texts: `python -m benchmarks.beside PYTHON MODEL [ARTICLES [RUNS]]`.

PYTHON: an interpreter with spaCy and textacy installed; MODEL: the package of spaCy's small English pipeline there.
Each program runs in a process of its own on one thread, after a warm-up; processor time counts. What they do differs:
spaCy's pipeline tags, parses and names; textacy adds direct quotations by rule; ours finds attributions of every kind,
conditions, speakers, acts, dates, figures, events and wordings.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.generate import write_articles
from benchmarks.measuring import ROOT, describe, spread

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
OURS = """
from onrecord.batch.annotating import load_annotator
from onrecord.reading import read_text
from onrecord.settings import Settings
annotate = load_annotator(Settings())
def work(text):
    return len(annotate(read_text(text, "a.txt"))[0].attributions)
"""
SPACY = """
import sys
import importlib
nlp = importlib.import_module(sys.argv[2]).load()
def work(text):
    return len(nlp(text))
"""
TEXTACY = (
    SPACY
    + """
from textacy.extract.triples import direct_quotations
def work(text):
    return len(list(direct_quotations(nlp(text))))
"""
)
TIMING = """
import json, sys, time
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
for text in texts[:3]:
    work(text)
began = time.process_time()
found = sum(work(text) for text in texts)
print(json.dumps([len(texts) / (time.process_time() - began), found]))
"""


def ask(python: str, program: str, articles: Path, model: str) -> tuple[float, int] | None:
    """Articles a second and what was found; None where the program cannot run there."""
    command = [python, "-c", program + TIMING, str(articles), model]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | ONE_THREAD, cwd=ROOT, check=False)
    if done.returncode:
        print(done.stderr.strip().splitlines()[-1][:160])
        return None
    rate, found = json.loads(done.stdout.splitlines()[-1])
    return rate, found


def main(arguments: list[str]) -> None:
    """Print the table."""
    other, model, number, runs = (*arguments, *(sys.executable, "en_core_web_sm", "60", "3")[len(arguments) :])
    print(f"{describe()}\n{number} generated articles, one thread, {runs} runs in turn\n")
    programs = {"onrecord": (sys.executable, OURS), "spaCy small": (other, SPACY), "textacy": (other, TEXTACY)}
    rates: dict[str, list[float]] = {name: [] for name in programs}
    with TemporaryDirectory() as held:
        articles = Path(held) / "articles.jsonl"
        write_articles(int(number), articles)
        for _ in range(int(runs)):
            for name, (python, program) in programs.items():
                answer = ask(python, program, articles, model)
                if answer:
                    rates[name].append(answer[0])
                time.sleep(1)
    for name, measured in rates.items():
        if measured:
            ratio = median(measured) / median(rates["onrecord"])
            print(f"{name:12} articles a second {spread(measured)}   {ratio:5.2f} of ours")


if __name__ == "__main__":
    main(sys.argv[1:])
