"""The Chinese words: there for every text, compiled as they are written, and shown where people look."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, label_for_field
from django.db.models import Model
from django.test import Client, RequestFactory
from django.utils import translation

from accounts.models import User
from generation import registry
from generation.admin.engine_form import form_for
from generation.engines.illustrator.reading import read as understand
from generation.views.examples import EXAMPLES
from tests.factories import make_plan

OURS, WORDING = (Path(folder) / "zh_Hans" / "LC_MESSAGES" / "django.po" for folder in settings.LOCALE_PATHS)
ENGLISH = WORDING.parents[2] / "en" / "LC_MESSAGES" / "django.po"
SOURCES = ("accounts", "generation", "imagegen", "templates")
HAN = re.compile("[\u4e00-\u9fff]")
HALF_WIDTH = re.compile("[\u4e00-\u9fff][,.;:!?]|[,;:!?][\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|{\w*}")
PUNCTUATION = {", ", "%(field)s: %(message)s"}  # texts without a word
IN_CHINESE = {"accept-language": "zh-CN"}

Catalogue = dict[tuple[str, str], str]


def read(file: Path) -> Catalogue:
    """Give the Chinese of each text by its context and its English; a plural has one form."""
    entries = polib.mofile(str(file)) if file.suffix == ".mo" else polib.pofile(str(file))
    return {
        (entry.msgctxt or "", entry.msgid): entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr
        for entry in entries
        if not entry.obsolete
    }


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Collect the texts of a copy of the sources, as `make messages` does."""
    if not shutil.which("xgettext"):
        pytest.skip("gettext is not installed")
    copy = tmp_path_factory.mktemp("sources")
    for name in SOURCES:
        shutil.copytree(settings.BASE_DIR / name, copy / name)
    shutil.copy(settings.BASE_DIR / "manage.py", copy)
    command = [sys.executable, "manage.py", "makemessages", "--all", "--no-obsolete"]
    subprocess.run(command, cwd=copy, env=os.environ | {"DATA_DIR": str(copy / "data")}, check=True, timeout=120)
    return read(copy / OURS.relative_to(settings.BASE_DIR))


def is_ours(model: type[Model]) -> bool:
    """Tell our models from those of libraries."""
    return model._meta.app_label in SOURCES


# --- What is written --------------------------------------------------------------------------------------------


def test_every_text_is_collected_and_no_other(collected: Catalogue) -> None:
    assert set(collected) == set(read(OURS)), "run `make messages` and translate what is new"


@pytest.mark.parametrize("file", [OURS, WORDING, ENGLISH])
def test_what_is_compiled_is_what_is_written(file: Path) -> None:
    assert read(file.with_suffix(".mo")) == read(file), "run `make messages`"


@pytest.mark.parametrize("file", [OURS, WORDING])
def test_nothing_is_left_to_translate(file: Path) -> None:
    assert not polib.pofile(str(file)).fuzzy_entries()
    left = [english for (_, english), chinese in read(file).items() if not HAN.search(chinese)]
    assert set(left) <= PUNCTUATION


@pytest.mark.parametrize("file", [OURS, WORDING])
def test_placeholders_are_the_same_on_both_sides(file: Path) -> None:
    for entry in polib.pofile(str(file)):
        english = {frozenset(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text}
        chinese = frozenset(PLACEHOLDER.findall(entry.msgstr_plural.get(0, "") or entry.msgstr))
        assert chinese in english, entry.msgid


@pytest.mark.parametrize("file", [OURS, WORDING])
def test_punctuation_is_chinese_and_members_are_addressed_as_friends(file: Path) -> None:
    wrong = [chinese for chinese in read(file).values() if HALF_WIDTH.search(chinese) or "您" in chinese]
    assert not wrong


# --- What is shown ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "说出你想看的画面"),
        ("/accounts/login/", "登录 imagegen"),
        ("/accounts/signup/", "免费注册"),
        ("/plans/", "高级版"),
    ],
)
def test_visitors_read_chinese(db: None, client: Client, path: str, words: str) -> None:
    make_plan()
    page = client.get(path, headers=IN_CHINESE)
    assert page["Content-Language"] == "zh-hans"
    assert words in page.content.decode()


def test_the_switch_turns_a_members_pages_chinese(client: Client, alice: User) -> None:
    client.force_login(alice)
    client.post("/account/preferences/", {"language": "zh-hans", "next": "/"})
    assert "你想看到什么画面？" in client.get("/").content.decode()


def test_problems_of_the_api_are_chinese(client: Client, db: None) -> None:
    problem = client.get("/api/v1/me", headers=IN_CHINESE).json()
    assert problem["detail"] == "请先登录，或提供有效的令牌。"


def test_each_language_is_called_by_its_own_name(db: None, client: Client) -> None:
    page = client.get("/", headers=IN_CHINESE).content.decode()
    assert ">English<" in page
    assert ">简体中文<" in page


def test_a_wrong_password_is_told_in_our_words(db: None, client: Client) -> None:
    typed = {"login": "nobody@example.com", "password": "wrong"}
    assert "邮箱或密码不正确。" in client.post("/accounts/login/", typed, headers=IN_CHINESE).content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_illustrator_understands_the_examples(language: str) -> None:
    with translation.override(language):
        plans = [understand(str(example.prompt)) for example in EXAMPLES]
    assert all(plan.drawn and not plan.not_understood for plan in plans)


@pytest.mark.parametrize("site", [site for model, site in admin.site._registry.items() if is_ours(model)], ids=str)
def test_admins_read_chinese(site: "admin.ModelAdmin[Model]", dave: User) -> None:
    request = RequestFactory().get("/admin/")
    request.user = dave
    with translation.override("zh-hans"):
        typed = {name: field.label for name, field in site.get_form(request)().fields.items()}
        shown = {*site.get_list_display(request), *flatten_fieldsets(site.get_fieldsets(request))} - set(typed)
        labels = [*typed.values(), *(label_for_field(name, site.model, site) for name in shown)]
        labels += [site.opts.verbose_name, site.opts.app_config.verbose_name]
        english = [str(label).lower() for label in labels if not HAN.search(str(label))]
    assert set(english) <= {"id"}


def test_admins_read_chinese_of_the_queues_own_tasks(db: None) -> None:
    with translation.override("zh-hans"):
        for model, site in admin.site._registry.items():
            if model._meta.app_label == "django_q":
                words = {str(label_for_field(name, model, site)) for name in site.list_display}
                words |= {str(word) for field in model._meta.fields for word in (field.verbose_name, field.help_text)}
                assert {word for word in words if not HAN.search(word)} <= {"ID", ""}


@pytest.mark.parametrize("kind", registry.KINDS)
def test_admins_read_chinese_of_every_kind_of_engine(kind: str) -> None:
    with translation.override("zh-hans"):
        labels = [str(field.label) for field in form_for(kind, None)().fields.values()]
        assert [label for label in labels if not HAN.search(label)] == []
