"""The words of a prompt, English and Chinese, become a plan of what to paint."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generation.engines.illustrator import art

WORDS = Path(__file__).with_name("words.toml")
MOST_SUBJECTS = 4
MOST_OF_A_KIND = 5
CASTS = {"couple": ("person", "girl"), "family": ("person", "girl", "child")}  # one word, several people
UNTOLD = ("idle", "counts", "colours", "relations", "poses")  # not worth a chip of their own
VAGUE = {
    "snowfield": 1,
    "pattern": 1,
    "crag": 1,
    "sky": 3,
    "abstract": 2,
    "mountains": 1,
    "studio": 2,
    "meadow": 1,
    "room": 1,
    "city": 1,
    "harbour": -1,
    "bridge": -1,
    "market": -1,
    "station": -1,
    "terraces": -1,
}  # others come first; below zero, these come before others
FLOCKS = ("tropical-fish", "koi", "island")  # several, also where the words do not say so
LEFT_OVER = re.compile(r"[a-z][a-z'’-]*|[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A subject, how many of it, in which colour ("" leaves that to the seed), and how another has it."""

    name: str
    count: int = 1
    colour: str = ""
    relation: str = ""  # "holding", "wearing", "riding": another subject does this with it; "flying": it is in the air


@dataclass(frozen=True, slots=True)
class Plan:
    """What the words ask for; "" leaves a choice to the seed."""

    subjects: tuple[Wanted, ...] = ()
    place: str = ""
    time: str = ""
    weather: str = ""
    season: str = ""
    style: str = ""
    drawn: tuple[tuple[str, str], ...] = ()  # the prompt's words, each with the name of what they ask for
    not_understood: tuple[str, ...] = ()
    pose: str = ""
    near: bool = False  # a portrait: the subject fills the picture
    tints: tuple[str, ...] = ()  # colours that belong to no subject


def read(prompt: str, negative_prompt: str = "") -> Plan:
    """Find what can be painted in a prompt and leave out what the negative prompt names."""
    unwanted = {(slot, name) for slot, name, _ in _found(negative_prompt.lower())}
    found = [word for word in _found(prompt.lower()) if word[:2] not in unwanted]
    chosen: dict[str, str] = {}
    for slot, name, _ in found:
        chosen.setdefault(slot, name)
    subjects, tints = _subjects(found)
    places = [name for slot, name, _ in found if slot == "places"]
    if places:
        chosen["places"] = max(places, key=lambda name: (-VAGUE.get(name, 0), -places.index(name)))
    told = [(text, name) for slot, name, text in found if slot not in UNTOLD]
    painted = {wanted.name for wanted in subjects} | set(chosen.values()) | set(places) - {"abstract"}
    lost = [text for slot, name, text in found if slot in ("subjects", "places") and name not in painted]
    return Plan(
        subjects=subjects,
        place=chosen.get("places", ""),
        time=chosen.get("times", ""),
        weather=chosen.get("weather", ""),
        season=chosen.get("seasons", ""),
        style=chosen.get("styles", ""),
        drawn=tuple(dict.fromkeys(pair for pair in told if pair[1] in painted)),
        pose=chosen.get("poses", ""),
        near="framing" in chosen,
        tints=tints,
        not_understood=tuple(dict.fromkeys([*_left_over(prompt.lower()), *lost])),
    )


def known(slot: str) -> set[str]:
    """The names in one of the tables of words."""
    return {name for table, name in _vocabulary()[1].values() if table == slot}


def _subjects(found: list[tuple[str, str, str]]) -> tuple[tuple[Wanted, ...], tuple[str, ...]]:
    """Bind each colour, count and relation to the subject that comes next; give the colours left over as well."""
    subjects: dict[str, Wanted] = {}
    tints: list[str] = []
    pending: dict[str, str] = {}
    for slot, name, text in found:
        if slot in ("colours", "counts", "relations"):
            if slot == "colours" and "colours" in pending:
                tints.append(pending["colours"])
            pending[slot] = name
        elif slot == "subjects":
            for one in CASTS.get(name, (name,)):
                several = "3" if one in FLOCKS or (one == name and _plural(text)) else "1"
                count = min(int(pending.get("counts", several)), MOST_OF_A_KIND)
                relation = pending.get("relations", "")
                subjects.setdefault(one, Wanted(one, count, pending.get("colours", ""), relation))
            pending = {}
        elif slot not in ("idle", "poses"):
            colour = pending.pop("colours", "")
            tints += [colour] if colour and slot == "places" else []
            pending.pop("relations", None)
    tints += [pending["colours"]] if "colours" in pending else []
    return tuple(subjects.values())[:MOST_SUBJECTS], tuple(tints)


def _plural(text: str) -> bool:
    return text.isascii() and text not in _vocabulary()[1] and text.endswith("s")


def _found(text: str) -> list[tuple[str, str, str]]:
    """Every known word from left to right: its table, its name there, and the text itself."""
    pattern, names = _vocabulary()
    return [(*names[match["word"] or match["phrase"]], match[0]) for match in pattern.finditer(text)]


def _left_over(text: str) -> list[str]:
    rest = _vocabulary()[0].sub(" · ", text)
    return [word for word in LEFT_OVER.findall(rest) if len(word) > 1]


@cache
def _vocabulary() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """One pattern that finds the longest known word, and what each word means."""
    tables = {"subjects": art.words()}, tomllib.loads(WORDS.read_text(encoding="utf-8"))
    names = {
        word.strip(): (slot, name)
        for kind in tables
        for slot, table in sorted(kind.items(), key=lambda table: table[0] != "idle")  # an idle word may mean something
        for name, words in table.items()
        for word in words.split(",")
    }
    longest_first = sorted(names, key=len, reverse=True)
    english = "|".join(re.escape(word) for word in longest_first if word.isascii())
    chinese = "|".join(re.escape(word) for word in longest_first if not word.isascii())
    return re.compile(rf"(?<![a-z0-9-])(?P<word>{english})(?:s|es)?(?![a-z0-9-])|(?P<phrase>{chinese})"), names
