"""The words of a prompt, English and Chinese, become a plan of what to paint."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("words.toml")
MOST_SUBJECTS = 3
MOST_OF_A_KIND = 5
LEFT_OVER = re.compile(r"[a-z][a-z'’-]*|[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A subject, how many of it, and in which colour ("" leaves that to the seed)."""

    name: str
    count: int = 1
    colour: str = ""


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


def read(prompt: str, negative_prompt: str = "") -> Plan:
    """Find what can be painted in a prompt and leave out what the negative prompt names."""
    unwanted = {(slot, name) for slot, name, _ in _found(negative_prompt.lower())}
    found = [word for word in _found(prompt.lower()) if word[:2] not in unwanted]
    chosen: dict[str, str] = {}
    for slot, name, _ in found:
        chosen.setdefault(slot, name)
    subjects = _subjects(found)
    told = [(text, name) for slot, name, text in found if slot not in ("idle", "counts", "colours")]
    painted = {wanted.name for wanted in subjects} | set(chosen.values())
    return Plan(
        subjects=subjects,
        place=chosen.get("places", ""),
        time=chosen.get("times", ""),
        weather=chosen.get("weather", ""),
        season=chosen.get("seasons", ""),
        style=chosen.get("styles", ""),
        drawn=tuple(dict.fromkeys(pair for pair in told if pair[1] in painted)),
        not_understood=tuple(dict.fromkeys(_left_over(prompt.lower()))),
    )


def known(slot: str) -> set[str]:
    """The names in one of the tables of words."""
    return {name for table, name in _vocabulary()[1].values() if table == slot}


def _subjects(found: list[tuple[str, str, str]]) -> tuple[Wanted, ...]:
    """Bind each colour and count to the subject that comes next."""
    subjects: dict[str, Wanted] = {}
    colour, count = "", 0
    for slot, name, text in found:
        if slot == "colours":
            colour = name
        elif slot == "counts":
            count = int(name)
        elif slot == "subjects":
            several = 3 if _plural(text) else 1
            subjects.setdefault(name, Wanted(name, min(count or several, MOST_OF_A_KIND), colour))
            colour, count = "", 0
    return tuple(subjects.values())[:MOST_SUBJECTS]


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
    tables = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    names = {
        word.strip(): (slot, name)
        for slot, table in tables.items()
        for name, words in table.items()
        for word in words.split(",")
    }
    longest_first = sorted(names, key=len, reverse=True)
    english = "|".join(re.escape(word) for word in longest_first if word.isascii())
    chinese = "|".join(re.escape(word) for word in longest_first if not word.isascii())
    return re.compile(rf"(?<![a-z0-9-])(?P<word>{english})(?:s|es)?(?![a-z0-9-])|(?P<phrase>{chinese})"), names
