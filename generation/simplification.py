"""Fewer words for a prompt that an engine refused, English or Chinese: step by step, until the nouns are left.

Moderation judges words more than meaning: weights, borrowed names and loaded words go first, then everything but the
main clause. Plain Python; nothing is added, so the picture is still what was asked for.
"""

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

WEIGHT = re.compile(r":\s*[+-]?\d+(?:\.\d+)?(?=\s*[)\]}])|<[^<>]*>|--\w+(?:\s+[\d:.]+)?|[()\[\]{}]|::\s*[\d.]*")
CLAUSES = re.compile(r"[,;\n，、；]+|(?<!\d)\.(?!\d)|[。！？!?]+")
TAILS = re.compile(
    r"\b(?:masterpiece|(?:best|high|top|highest|ultra|good|amazing) (?:quality|resolution|detail)|"
    r"ultra[- ]?(?:hd|detailed)|(?:highly|extremely|insanely|very|intricately) detailed|intricate(?: details?)?|"
    r"sharp focus|\d+k(?: uhd| hdr)?|u?hdr?|photo-?realistic|hyper-?realistic|award[- ]winning|trending on \w+|"
    r"artstation|deviantart|unreal engine(?: \d)?|octane(?: render)?|ray tracing|in the style of .+|"
    r"(?:art|painted|drawn|illustration|photo(?:graph)?) by .+)\b|^by .+|"
    r"杰作|(?:最佳|最高|超高|高|超)清?(?:画质|质量|品质|分辨率)|[高超]清|超写实|极致细节|细节丰富|高细节|大师(?:级|作品)|"
    r"获奖作品|虚幻引擎|^.{1,10}风格$|^出自.+|\d+[kK]",
    re.IGNORECASE,
)
FLAGGED = re.compile(
    r"\b(?:nud(?:e|es|ity)|naked|topless|undress(?:ed|ing)?|sexy|sexual|sensual|seductive|erotic|nsfw|lingerie|bikini|"
    r"cleavage|blood(?:y|ied)?|gor(?:e|y)|violen(?:t|ce)|brutal(?:ly)?|kill(?:s|ed|ing|er)?|murder(?:s|ed|er|ing)?|dead|"
    r"corpses?|suicid(?:e|al)|tortur(?:e|ed|ing)|terroris[tm]s?|bombs?|explosions?|guns?|rifles?|pistols?|weapons?|"
    r"knife|knives|drugs?|cocaine|heroin|weed|nazi|hitler|celebrit(?:y|ies)|famous)\b|"
    r"(?:裸体|裸露|全裸|半裸|赤裸|性感|色情|情色|诱惑|内衣|比基尼|血腥|鲜血|流血|暴力|残忍|杀人|谋杀|尸体|死亡|自杀|酷刑|恐怖分子|"
    r"炸弹|爆炸|枪支|手枪|步枪|枪|武器|刀具|毒品|明星|名人)的?",
    re.IGNORECASE,
)
DANGLING = re.compile(r"(?:^|\s+)(?:(?:with|an?|the|of|and|or|in|on|by|at|to|from|holding)(?:\s+|$))+$", re.IGNORECASE)
SMALL_WORDS = re.compile(
    r"\b(?:an?|the|some|very|really|quite|so|too|this|that|these|those|his|her|its|their|my|your|our|"
    r"\w{3,}(?:ly|ful|ous|ish|ive|able|ible|less)|"
    r"cute|little|small|big|large|huge|tiny|old|new|young|beautiful|pretty|lovely|happy|sad|angry|dark|bright|cold|warm|"
    r"hot|strong|tall|long|short|wild|scary|creepy|epic|dramatic|mysterious|ancient|modern|majestic|cool|great|nice)\b",
    re.IGNORECASE,
)
MODIFIER = re.compile(r"[\u3400-\u9fff]{1,8}?的|[正在]着|非常|十分|特别|很|一[只个位条张座朵群]")
TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|[^\w\s]|\s+")

Kind = Literal["kept", "dropped"]


class Piece(NamedTuple):
    """A run of words of the longer prompt, and whether the shorter one has it too."""

    kind: Kind
    text: str


def ladder(prompt: str) -> list[str]:
    """Give ever simpler forms of a prompt, each different from the one before; none where nothing can be dropped."""
    forms: list[str] = []
    present = prompt.strip()
    for simpler in (_without_tails, _without_flagged, _main_clause, _nouns):
        fewer = simpler(present)
        if fewer and fewer.casefold() != present.casefold():
            forms.append(fewer)
            present = fewer
    return forms


def prompt_of(prompt: str, simplification: int) -> str:
    """Give a prompt in the form that this step of its ladder has; 0 is as it was written."""
    return ladder(prompt)[simplification - 1] if simplification else prompt


def next_step(prompt: str, simplification: int) -> int | None:
    """Give the step after this one; None where nothing more can be dropped."""
    return simplification + 1 if simplification < len(ladder(prompt)) else None


def difference(prompt: str, simpler: str) -> list[Piece]:
    """Tell which words of a prompt its simpler form has dropped; white space goes with the word before."""
    before, after = TOKEN.findall(prompt), TOKEN.findall(simpler)
    pieces: list[Piece] = []
    for change, start, end, _, _ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if start < end:
            pieces.append(Piece("kept" if change == "equal" else "dropped", "".join(before[start:end])))
    return pieces


def _without_tails(prompt: str) -> str:
    """Drop weights, and what says how well it should be made rather than what."""
    plain = WEIGHT.sub(" ", prompt)
    return _joined(prompt, plain, lambda clause: TAILS.sub(" ", clause))


def _without_flagged(prompt: str) -> str:
    """Drop words that engines are known to refuse."""
    return _joined(prompt, prompt, lambda clause: FLAGGED.sub(" ", clause))


def _main_clause(prompt: str) -> str:
    """Keep what is said first."""
    return next(_clauses(prompt), "")


def _nouns(prompt: str) -> str:
    """Drop what describes: what is left names things and what they do."""
    return _tidy(MODIFIER.sub("", SMALL_WORDS.sub(" ", prompt)))


def _joined(original: str, prompt: str, simpler: Callable[[str], str]) -> str:
    """Simplify each clause; where that changes nothing, give the prompt as it was written."""
    before = list(_clauses(prompt))
    after = [fewer for clause in before if (fewer := _tidy(simpler(clause)))]
    if after == list(_clauses(original)):
        return original
    return ("，" if "，" in original else ", ").join(after)


def _clauses(prompt: str) -> Iterator[str]:
    yield from (clause for part in CLAUSES.split(prompt) if (clause := _tidy(part)))


def _tidy(text: str) -> str:
    """Close the gaps that dropped words have left."""
    return re.sub(r"\s+", " ", DANGLING.sub("", text)).strip(" -_|:：·")
