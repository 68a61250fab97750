"""The words of a prompt, English and Chinese, become a plan of what to paint."""

from dataclasses import dataclass, field, replace

from generation.engines.illustrator.stock import GARMENTS, INDOORS, PEOPLE, POSES, STOCK, Stand
from generation.engines.illustrator.vocabulary import SILENT, Word, plural, words

MOST_SUBJECTS = 4
MOST_OF_A_KIND = 5
A_HOUSE = 4  # metres; as high as that goes into no room
CASTS = {  # one word, several people
    "couple": ("person", "girl"), "family": ("person", "girl", "child"), "wedding": ("businessman", "bride"),
    "elders": ("elder", "grandmother"),
}  # fmt: skip
FLOCKS = ("tropical-fish", "koi", "island")  # several, also where the words do not say so
QUALIFIERS = ("colours", "counts", "relations")  # belong to a subject
UNTOLD = (*SILENT, *QUALIFIERS, "")  # not worth a chip of their own
VAGUE = {  # others come first; below zero, these come before others
    "snowfield": 1, "pattern": 1, "crag": 1, "sky": 3, "abstract": 2, "mountains": 1, "studio": 2, "meadow": 1,
    "room": 1, "city": 1, "day": 1, "avenue": 1, "flat": 1,
    "harbour": -1, "bridge": -1, "market": -1, "station": -1, "terraces": -1,
    "cafe": -1, "kitchen": -1, "bedroom": -1, "office": -1, "classroom": -1, "supermarket": -1,
    "stadium": -1, "pool": -1,
}  # fmt: skip
SHOWS = {  # what a place or time has in it besides itself
    "lake": ("mountains", "forest"), "meadow": ("mountains",), "village": ("meadow", "mountains"), "moon": ("space",),
    "mountains": ("meadow",), "crag": ("mountains",), "summit": ("mountains",), "snowfield": ("mountains",),
    "watertown": ("lake", "village"),
    "karst": ("mountains", "lake"), "falls": ("lake",), "roof": ("city",), "city": ("avenue",),
    "neon": ("city", "avenue"), "podium": ("studio",), "marble": ("studio",), "library": ("room",),
    "table": ("room", "sill"),
    "sill": ("room",), "savanna": ("meadow",), "field": ("meadow",), "jungle": ("forest",), "bamboo": ("forest",),
    "garden": ("meadow",), "pond": ("lake",), "harbour": ("sea",), "bridge": ("lake", "sea"),
    "terraces": ("mountains", "field"), "sunrise": ("day",), "market": ("city", "avenue"),
    "cafe": ("room",), "kitchen": ("room",), "bedroom": ("room",), "office": ("room", "table", "city"),
    "classroom": ("room",), "supermarket": ("room",), "stadium": ("city",), "pool": ("garden", "lake"),
}  # fmt: skip
SKYLESS = (*INDOORS, "forest", "bamboo", "jungle", "underwater", "pond")


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
    """Find what can be painted in a prompt and leave out what the negative prompt names.

    Each word that asks for something ends in `drawn` or in `not_understood`; qualifiers go with their subject.
    """
    unwanted = {word[:2] for word in words(negative_prompt) if word.name and word.table not in (*SILENT, *QUALIFIERS)}
    found = [word for word in words(prompt) if word[:2] not in unwanted]
    binding = _Binding()
    for number, word in enumerate(found):
        binding.take(number, word)
    binding.close()
    chosen = _chosen(found)
    subjects = _kept(_dressed(binding.subjects), chosen.get("places", ""))
    painted = _painted(subjects, chosen)
    told = [(word, number not in binding.lost and _is_shown(word, painted)) for number, word in enumerate(found)]
    drawn = {word.text for word, shown in told if shown}
    return Plan(
        subjects=subjects,
        place=chosen.get("places", ""),
        time=chosen.get("times", ""),
        weather=chosen.get("weather", ""),
        season=chosen.get("seasons", ""),
        style=chosen.get("styles", ""),
        drawn=tuple(
            dict.fromkeys((word.text, word.name) for word, shown in told if shown and word.table not in UNTOLD)
        ),
        not_understood=tuple(dict.fromkeys(word.text for word in found if word.text not in drawn)),
        pose=chosen.get("poses", ""),
        near="framing" in chosen,
        tints=tuple(binding.tints),
    )


def _is_shown(word: Word, painted: set[str]) -> bool:
    """Whether the picture has what a word asks for; also where it asks for nothing."""
    return word.table in SILENT or word.table in QUALIFIERS or word.name in painted


def _chosen(found: list[Word]) -> dict[str, str]:
    """One name for each table: the first that is not vague."""
    chosen: dict[str, str] = {}
    for table, name, _ in found:
        if table not in chosen or VAGUE.get(name, 0) < VAGUE.get(chosen[table], 0):
            chosen[table] = name
    return chosen


def _kept(subjects: tuple[Wanted, ...], place: str) -> tuple[Wanted, ...]:
    """As many as a picture holds, what hangs in the sky aside; under a roof nothing of the sky and no houses."""
    if place in INDOORS:
        subjects = tuple(one for one in subjects if STOCK[one.name].metres < A_HOUSE and not _in_the_sky(one))
    standing = [one for one in subjects if not _in_the_sky(one)][:MOST_SUBJECTS]
    return tuple(one for one in subjects if one in standing or _in_the_sky(one))


def _in_the_sky(one: Wanted) -> bool:
    return STOCK[one.name].stand is Stand.SKY


def _painted(subjects: tuple[Wanted, ...], chosen: dict[str, str]) -> set[str]:
    """The names of all that will be in the picture."""
    who = {one.name for one in subjects}
    who |= {"elder"} if "fisher" in who else set()
    casts = {name for name, cast in CASTS.items() if who.issuperset(cast)}
    unseen = ("weather", "seasons") if chosen.get("places") in INDOORS else ()
    others = {name for table, name in chosen.items() if table not in ("subjects", "poses", *unseen)}
    shown = {name for other in others for name in SHOWS.get(other, ())}
    sky = {"sky"} if "places" not in chosen or chosen["places"] not in SKYLESS else set()
    worn = set(GARMENTS) if who.intersection(PEOPLE) else set()
    posed = {name for name, bodies in POSES.items() if who.intersection(bodies) or who.intersection(bodies.values())}
    return who | casts | others | shown | sky | worn | posed


@dataclass(slots=True)
class _Binding:
    """Binds each colour, count and relation to the subject it belongs to, word by word."""

    subjects: list[Wanted] = field(default_factory=list)
    tints: list[str] = field(default_factory=list)
    lost: set[int] = field(default_factory=set)  # which words found nothing to belong to
    pending: dict[str, tuple[int, Word]] = field(default_factory=dict)
    stranger: bool = False  # an unknown word came since: what is pending belongs to it
    named: bool = False  # a subject came since the phrase began

    def take(self, number: int, word: Word) -> None:
        if word.table in QUALIFIERS:
            if word.table in self.pending:
                self._drop(self.pending.pop(word.table))
            self.pending[word.table] = number, word
        elif word.table == "subjects":
            self._name(word)
        elif not word.table:
            self.lost.add(number)
            self.stranger = True
        elif word.table not in ("idle", "poses"):
            self.close()

    def close(self) -> None:
        """A phrase is over."""
        for qualifier in self.pending.values():
            self._drop(qualifier)
        self.pending, self.stranger, self.named = {}, False, False

    def _drop(self, qualifier: tuple[int, Word]) -> None:
        """Find a use for what no subject came for."""
        number, word = qualifier
        if word.table == "colours" and not self.stranger:
            self.tints.append(word.name)
        elif word.name == "flying" and self.subjects:
            self.subjects[-1] = replace(self.subjects[-1], relation="flying")
        elif word.name != "1":
            self.lost.add(number)

    def _name(self, word: Word) -> None:
        if self.named and self._asked("relations") == "flying":
            self._drop(self.pending.pop("relations"))
        for name in CASTS.get(word.name, (word.name,)):
            several = "3" if name in FLOCKS or (name == word.name and plural(word.text)) else "1"
            count = min(int(self._asked("counts") or several), MOST_OF_A_KIND)
            one = Wanted(name, count, self._asked("colours"), self._asked("relations"))
            again = [n for n, it in enumerate(self.subjects) if it.name == name and one.colour in ("", it.colour)]
            if not again:
                self.subjects.append(one)
            elif one.relation:
                self.subjects[again[0]] = replace(self.subjects[again[0]], relation=one.relation)
        self.pending, self.stranger, self.named = {}, False, True

    def _asked(self, table: str) -> str:
        return self.pending[table][1].name if table in self.pending else ""


def _dressed(subjects: list[Wanted]) -> tuple[Wanted, ...]:
    """Put garments on the people beside whom they are named: their colour is the colour of the clothes."""
    dressed = list(subjects)
    for garment in (one for one in subjects if one.name in GARMENTS):
        at = dressed.index(garment)
        near = [n for n in (at - 1, at + 1) if 0 <= n < len(dressed) and dressed[n].name in PEOPLE]
        if near:
            wearer = dressed[near[0]]
            dressed[near[0]] = replace(wearer, colour=wearer.colour or garment.colour)
            dressed.remove(garment)
    fishing = any(one.name == "fisher" for one in dressed)
    return tuple(one for one in dressed if not (fishing and one.name == "elder"))  # the old man who fishes is one man
