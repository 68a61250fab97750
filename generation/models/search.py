"""Search over prompts: words are cut here, once for both databases, which then only intersect lists of jobs.

A word of an alphabet stands in the index with all its beginnings from three letters on, so that "kitt" finds a kitten.
Chinese, Japanese and Korean have no spaces between words: of them every character and every pair stand in the index,
and a longer run is found by its pairs. Each job also carries its member's mark, so that a search never walks through
what others have written. docs/decisions/0005-search.md has the reasons.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Count, F, OuterRef, Q, Subquery

WIDE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
RUNS = re.compile(rf"([{WIDE}]+)|((?:(?![{WIDE}])[^\W_])+)")
ACCENTS = re.compile("[\u0300-\u036f]")
SHORTEST, LONGEST = 3, 12  # letters of a beginning
NEWEST, COMMON = 1000, 50  # of so many prompts so many with the words make them common


class SearchEntry(models.Model):
    """What search knows of a job. Ids grow as jobs come, so the newest are found first."""

    job = models.OneToOneField("generation.Job", on_delete=models.CASCADE, related_name="search")
    words = models.TextField()

    def __str__(self) -> str:
        return self.words


class SearchIndex(models.Model):
    """SQLite's full-text index over the entries, which triggers keep in step; PostgreSQL has an index in its place."""

    entry = models.OneToOneField(
        SearchEntry, on_delete=models.DO_NOTHING, primary_key=True, db_column="rowid", related_name="index"
    )
    words = models.TextField(db_column="generation_searchindex")  # FTS5's name for all columns together

    class Meta:
        managed = False
        db_table = "generation_searchindex"

    def __str__(self) -> str:
        return self.words


@models.TextField.register_lookup
class HasWords(models.Lookup):
    """All these words, separated by spaces, stand in the text."""

    lookup_name = "has_words"

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """Ask FTS5; quoted, a word is nothing but a word."""
        column, parameters = self.process_lhs(compiler, connection)
        quoted = " ".join(f'"{word}"' for word in str(self.rhs).split(" "))
        return f"{column} MATCH %s", [*parameters, quoted]

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """Ask the GIN index over the words as an array."""
        column, parameters = self.process_lhs(compiler, connection)
        words, more = self.process_rhs(compiler, connection)
        return f"string_to_array({column}, ' ') @> string_to_array({words}, ' ')", [*parameters, *more]


def entry_of(member: int, prompt: str) -> str:
    """Give the words by which a prompt is found."""
    return " ".join(dict.fromkeys([_mark(member), *_indexed(prompt)]))


def condition(member: int, text: str) -> Q:
    """Give the condition on jobs, with their member as `owner` too, that a search for `text` means."""
    words = list(dict.fromkeys(_asked(text)))
    if not words:
        return Q(pk__in=())  # punctuation alone says nothing
    wanted = " ".join([_mark(member), *words])
    if connection.vendor != "postgresql":
        return Q(owner=member, search__index__words__has_words=wanted)
    if _are_common(member, wanted):  # walk the jobs, newest first, and look at the words of each
        of_job = SearchEntry.objects.filter(job=OuterRef("pk"))
        said = Subquery(of_job.values_list(HasWords(F("words"), wanted)), output_field=models.BooleanField())
        return Q(said, member=member)
    return Q(owner=member, search__words__has_words=wanted)


def older_than(job: UUID) -> dict[str, Any]:
    """Give the condition on found jobs to come after this one; the index begins there, it does not walk to it."""
    if connection.vendor == "postgresql":
        return {"pk__lt": job}
    return {"search__index__lte": SearchEntry.objects.filter(job__lt=job).order_by("-job_id").values("pk")[:1]}


def newer_than(job: UUID) -> dict[str, Any]:
    """Give the condition on found jobs to come before this one."""
    if connection.vendor == "postgresql":
        return {"pk__gt": job}
    return {"search__index__gt": SearchEntry.objects.filter(job__lte=job).order_by("-job_id").values("pk")[:1]}


def order() -> tuple[str]:
    """Give the order in which the database finds the newest first without sorting."""
    return ("-id",) if connection.vendor == "postgresql" else ("-search__index",)


def _are_common(member: int, words: str) -> bool:
    """Ask the newest prompts whether many have these words: PostgreSQL guesses far too few for several together.

    By the index, words of every fifth prompt would be brought together from all years to be sorted for one page.
    """
    newest = SearchEntry.objects.filter(job__member=member).order_by("-job").annotate(said=HasWords(F("words"), words))
    many: int = newest[:NEWEST].aggregate(many=Count("pk", filter=Q(said=True)))["many"]
    return many >= COMMON


def _mark(member: int) -> str:
    return f"@{member}"


def _indexed(text: str) -> Iterator[str]:
    for wide, word in _runs(text):
        if wide:
            yield from wide
            yield from _pairs(wide)
        else:
            yield from (word[:length] for length in range(SHORTEST, min(len(word), LONGEST)))
            yield word[:LONGEST]


def _asked(text: str) -> Iterator[str]:
    for wide, word in _runs(text):
        if wide:
            yield from _pairs(wide) if len(wide) > 1 else wide
        else:
            yield word[:LONGEST]


def _pairs(run: str) -> Iterator[str]:
    return (run[start : start + 2] for start in range(len(run) - 1))


def _runs(text: str) -> list[tuple[str, str]]:
    plain = ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return RUNS.findall(unicodedata.normalize("NFKC", plain).casefold())
