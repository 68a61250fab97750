"""Cut a prompt into words and look each one up: in the tables of the illustrator, or as a word it does not draw."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from generation.engines.illustrator import art

WORDS = Path(__file__).with_name("words.toml")
CHINESE = Path(art.__file__).with_name("chinese.txt")
HAN = re.compile(r"[\u3400-\u9fff]+")
OTHER = r"(?:(?![\u3400-\u9fff])[\w'’-])*"  # signs of a word in a script that parts words by spaces
EMOJI = r"[\u2600-\u27bf\U0001f000-\U0001faff]"
END = r"[,.;:!?\n，。；：！？、（）()]"
SILENT = {"idle", "ends"}  # the tables of words that ask for nothing
PLURALS = ("children", "men", "women", "people")
LONGEST = 8  # signs of a Chinese word
KNOWN, USUAL, SIGN, SMALL = 1.0, 1.2, 1.25, 1.1  # what a word costs when Chinese is cut; SMALL: one that asks nothing
STRANGE = 2.0  # a sign that is no word


class Word(NamedTuple):
    """A word of the prompt: the table that knows it ("" if none does), what it asks for, and the text itself."""

    table: str
    name: str
    text: str


def words(text: str) -> list[Word]:
    """Give every word from left to right, known or not, once for each of its meanings; punctuation "ends" a phrase."""
    found: list[Word] = []
    for match in _pattern().finditer(text.lower()):
        if match["han"]:
            for part in _cut(match[0]):
                found += _meanings(part, part)
        elif match["end"]:
            found.append(Word("ends", "", match[0]))
        elif match["known"]:
            found += _meanings(match["known"], match[0])
        elif len(match[0]) > 1 or match["emoji"]:
            found.append(Word("", "", match[0]))
    return found


def plural(text: str) -> bool:
    """Whether a word of the tables stands in its plural."""
    if text.isascii():
        return text in PLURALS or (text not in _known() and text.endswith("s"))
    return len(text) > 1 and text[-1] in "们群"


def known(table: str) -> set[str]:
    """The names in one of the tables of words."""
    return {meanings[table] for meanings in _known().values() if table in meanings}


def _meanings(word: str, text: str) -> list[Word]:
    if word in _known():
        meanings = sorted(_known()[word].items(), key=lambda meaning: meaning[0] == "subjects")  # colours come first
        return [Word(table, name, text) for table, name in meanings]
    return [Word("idle" if word in _usual()[1] else "", "", text)]


def _cut(run: str) -> list[str]:
    """Cut Chinese, which parts no words, into as few of them as it can be: the known ones first of all."""
    cheapest: list[tuple[float, int]] = [(0.0, 0)]  # up to each sign: the cost, and where the last word begins
    for end in range(1, len(run) + 1):
        starts = range(max(0, end - LONGEST), end)
        cheapest.append(min((cheapest[start][0] + _cost(run[start:end]), start) for start in starts))
    parts, end = [], len(run)
    while end:
        start = cheapest[end][1]
        parts.append(run[start:end])
        end = start
    return _joined(parts[::-1])


def _joined(parts: list[str]) -> list[str]:
    """Make one word of a sign that is none and a single sign after it: the 车 of 房车 may be no 车 at all."""
    joined: list[str] = []
    for part in parts:
        single = len(part) == 1 and not _known().get(part, {"ends": ""}).keys() <= SILENT
        if single and joined and len(joined[-1]) == 1 and joined[-1] not in _known():
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _cost(text: str) -> float:
    if len(text) == 1:
        return STRANGE if text not in _known() else SMALL if _known()[text].keys() <= SILENT else SIGN
    if text in _known():
        return KNOWN
    usual, small = _usual()
    return USUAL if text in usual or text in small else STRANGE * len(text)


@cache
def _known() -> dict[str, dict[str, str]]:
    """What each word of the tables asks for: by table, the name there. Where it asks for anything, it is not silent."""
    known: dict[str, dict[str, str]] = {}
    for kind in ({"subjects": art.words()}, tomllib.loads(WORDS.read_text(encoding="utf-8"))):
        for slot, table in kind.items():
            for name, text in table.items():
                for word in text.split(","):
                    known.setdefault(word.strip(), {})[slot] = name
    return {
        word: {slot: name for slot, name in meanings.items() if slot not in SILENT or meanings.keys() <= SILENT}
        for word, meanings in known.items()
    }


@cache
def _usual() -> tuple[frozenset[str], frozenset[str]]:
    """The other usual words of Chinese: those that name something, and those that do not.

    A compound whose head is known is left out, to be read by its parts: a 巧克力蛋糕 is a 蛋糕.
    """
    naming, small = (part.split() for part in CHINESE.read_text(encoding="utf-8").split("\n\n"))
    known = {word for word, meanings in _known().items() if not meanings.keys() <= {*SILENT, "counts", "relations"}}
    tints = {word for word, meanings in _known().items() if "colours" in meanings or word in "大小老"}
    compounds = {
        word
        for word in naming
        if word[-2:] in known or word[-3:] in known or (len(word) == 4 and word[:2] in known)
        or (len(word) == 2 and word[0] in tints and word[1] in known)
    }  # fmt: skip
    return frozenset(naming) - compounds, frozenset(small)


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted((word for word in _known() if not HAN.fullmatch(word)), key=len, reverse=True)
    known = "|".join(re.escape(word) for word in longest_first)
    return re.compile(
        rf"(?<![a-z0-9-])(?P<known>{known})(?:s|es)?(?![a-z0-9-])|(?P<han>{HAN.pattern})|(?P<end>{END})|(?P<emoji>{EMOJI})"
        rf"|\d*(?:(?![\u3400-\u9fff])[^\W\d_]){OTHER}"
    )
