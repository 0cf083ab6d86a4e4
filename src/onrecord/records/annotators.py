"""The name of an annotator: the version of everything that decides what is found in a document.

`onrecord-0.1.0+tagger-1a2b+rules-3c4d`, and `+actors-5e6f` after it where a user's own list of actors was read.
"""

ACTORS = "+actors-"


def name_annotator(package: str, encoder: str, rules: str, actors: str | None) -> str:
    """The name. actors: the digits that tell one user's list from another; None where only the shipped ones are."""
    return f"onrecord-{package}+{encoder}+{rules}" + (f"{ACTORS}{actors}" if actors else "")


def actors_of(annotator: str) -> str:
    """The digits of the user's list of actors that an annotator read; empty where it read none."""
    return annotator.partition(ACTORS)[2]


def reads_other_actors(one: str, other: str) -> bool:
    """Whether two annotators are of one version and differ only in the user's list of actors."""
    return one != other and one.partition(ACTORS)[0] == other.partition(ACTORS)[0]
