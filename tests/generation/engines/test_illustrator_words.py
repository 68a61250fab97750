"""The built-in illustrator reads both languages and sets the scene that the words ask for."""

import pytest

from generation.engines.illustrator.composition import compose
from generation.engines.illustrator.reading import Wanted, read
from tests.generation.engines.contact_sheets import prompts


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("three red foxes", Wanted("fox", 3)),
        ("a blue car", Wanted("car", 1, "blue")),
        ("cats", Wanted("cat", 3)),
        ("a goldfish", Wanted("fish", 1, "orange")),
        ("两只白色的兔子", Wanted("rabbit", 2, "white")),
        ("hot air balloon", Wanted("balloon")),
        ("热气球", Wanted("balloon")),
    ],
)
def test_counts_and_colours_belong_to_the_next_subject(prompt: str, wanted: Wanted) -> None:
    assert read(prompt).subjects == (wanted,)


def test_what_the_negative_prompt_names_is_left_out() -> None:
    plan = read("a cat and a dog in the rain", "dog, 雨")
    assert plan.drawn == (("cat", "cat"),)
    assert not plan.weather


@pytest.mark.parametrize(("language", "least"), [("en", 0.95), ("zh", 0.9)])
def test_most_common_prompts_get_something_of_their_own(language: str, least: float) -> None:
    plans = [read(prompt) for prompt in prompts(language)]
    assert sum(bool(plan.subjects or plan.place) for plan in plans) / len(plans) >= least


@pytest.mark.parametrize(
    ("prompt", "relation"),
    [
        ("a corgi wearing sunglasses", ("dog", "sunglasses")),
        ("a little girl holding a red balloon", ("littlegirl", "toy-balloon")),
        ("一只戴着眼镜的橘猫", ("cat", "glasses")),
        ("穿汉服的古风少女，撑着油纸伞", ("hanfu", "oil-umbrella")),
        ("骑摩托车的少年", ("motorcycle", "child")),
    ],
)
def test_what_somebody_holds_wears_or_rides_belongs_to_one_figure(prompt: str, relation: tuple[str, ...]) -> None:
    (figure,) = compose(read(prompt), prompt, 1, 512, 512).figures
    assert (figure.name, *(prop.name for prop in figure.props)) == relation


def test_a_small_thing_is_smaller_than_the_large_one_beside_it() -> None:
    castle, knight = sorted(compose(read("a knight and a castle"), "", 1, 512, 512).figures, key=lambda f: -f.size)
    assert (castle.name, knight.name) == ("castle", "knight")
    assert knight.size < castle.size / 2


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("a starry night sky over a village", "village"),
        ("夏天的街道", "avenue"),
        ("a waterfall in a tropical jungle", "falls"),
        ("大侠站在山顶", "crag"),
        ("雪山上的小狗", "snowfield"),
        ("snow mountains reflected in a lake", "lake"),
        ("宇航员在月球上", "moon"),
        ("geometric abstract pattern", "pattern"),
        ("a train at the railway station", "station"),
        ("热闹的夜市小吃摊", "market"),
        ("a girl reading in a coffee shop", "cafe"),
        ("厨房里的小猫", "kitchen"),
        ("an office with a computer on the desk", "table"),
        ("教室", "classroom"),
        ("kids swimming in a pool", "pool"),
        ("football stadium", "stadium"),
        ("golden gate bridge over the sea", "bridge"),
        ("小船停在码头", "harbour"),
        ("云南的梯田", "terraces"),
    ],
)
def test_words_lead_to_the_place_they_name(prompt: str, place: str) -> None:
    assert compose(read(prompt), prompt, 1, 512, 512).place == place


def test_a_product_stands_in_the_middle_of_its_podium() -> None:
    (figure,) = compose(read("perfume on a podium"), "", 1, 512, 512).figures
    assert abs(figure.x - 0.5) < 0.08


@pytest.mark.parametrize(
    ("prompt", "drawn", "not_understood"),
    [
        ("a cat in a gizmo shop", {"cat", "shop"}, ("gizmo",)),
        ("a running cat on a sleeping gizmo", {"cat", "sleeping"}, ("running", "gizmo")),
        ("a dog in a room by the sea", {"dog", "by the sea"}, ("room",)),
        ("an owl and кот 🐙", {"owl"}, ("кот", "🐙")),
        ("橘猫坐在理发店的秋千上", {"橘猫", "坐在"}, ("理发店", "秋千")),  # no autumn
        ("春卷边的狗", {"狗"}, ("春卷",)),  # no spring
    ],
)
def test_each_word_is_drawn_or_said_to_be_lost(prompt: str, drawn: set[str], not_understood: tuple[str, ...]) -> None:
    plan = read(prompt)
    assert {text for text, _ in plan.drawn} == drawn
    assert plan.not_understood == not_understood


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("a blue gizmo and a dog", (Wanted("dog"),)),
        ("a black cat and a white cat", (Wanted("cat", 1, "black"), Wanted("cat", 1, "white"))),
        ("an eagle flying over a horse", (Wanted("eagle", relation="flying"), Wanted("horse"))),
        ("a woman in a red dress", (Wanted("girl", 1, "red"),)),
        ("穿着红色裙子的女孩", (Wanted("girl", 1, "red"),)),
    ],
)
def test_a_word_belongs_to_what_it_stands_by(prompt: str, wanted: tuple[Wanted, ...]) -> None:
    assert read(prompt).subjects == wanted


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("my grandmother baking bread", ("grandmother", "bread")),
        ("医生和护士", ("doctor",)),
        ("a farmer and a chef", ("farmer", "chef")),
        ("穿西装的商务男士", ("businessman",)),
        ("新郎新娘", ("businessman", "bride")),
        ("白发老人在湖边钓鱼", ("fisher",)),
        ("爷爷奶奶和小学生", ("elder", "grandmother", "student")),
    ],
)
def test_people_are_who_the_words_say(prompt: str, names: tuple[str, ...]) -> None:
    assert tuple(one.name for one in read(prompt).subjects) == names


def test_a_word_may_ask_for_two_things() -> None:
    plan = read("圣诞节的雨夜")
    assert (plan.season, plan.weather, plan.time) == ("winter", "rain", "night")
    assert [one.name for one in plan.subjects] == ["christmas-tree"]


def test_no_tower_stands_in_a_room_and_no_rain_falls_there() -> None:
    plan = read("a woman in a kitchen beside the Eiffel Tower in the rain")
    assert [one.name for one in plan.subjects] == ["girl"]
    assert plan.not_understood == ("eiffel tower", "in the rain")
