"""One prompt over several settings: ordinary jobs that differ in the axes alone, accepted all or none."""

from typing import Any

import pytest

from accounts.exceptions import InsufficientCredits, Refusal
from accounts.models import User, Wallet
from accounts.services.credits import wallet_of
from generation.exceptions import Invalid, KeyReused, NotInPlan, TooManyWaiting
from generation.models import Image, Job
from generation.services import jobs
from generation.services.audit import audit
from generation.services.estimates import estimate_grid
from generation.services.grids import MOST_CELLS, Axis, GridRequest, axes_of, submit_grid
from generation.services.requests import JobRequest
from tests.factories import make_engine, make_plan, submit_job
from tests.generation.services.playing import claim, end

pytestmark = pytest.mark.django_db(transaction=True)

STEPS = Axis("steps", [10, 20, 30])
GUIDANCE = Axis("guidance", [4.0, 7.5])
SIZE = Axis("size", ["64x64", "128x64"])


@pytest.fixture(autouse=True)
def engine() -> None:
    make_engine()


def asked(*axes: Axis, **values: Any) -> GridRequest:
    """Ask for a small grid."""
    facts: dict[str, Any] = {"prompt": "a kitten", "width": 64, "height": 64} | values
    return GridRequest(request=JobRequest(**facts), axes=axes)


def make_grid(member: User, *axes: Axis, **values: Any) -> list[Job]:
    """Submit a small grid and give its cells."""
    first, _ = submit_grid(member, asked(*axes, **values))
    assert first.group
    return list(Job.objects.of_group(first.group).with_images())


def wrong(member: User, *axes: Axis, **values: Any) -> list[str]:
    """Name what is wrong with a grid."""
    with pytest.raises(Invalid) as refused:
        submit_grid(member, asked(*axes, **values))
    return [error.field for error in refused.value.errors]


def test_the_cells_go_row_after_row_and_differ_in_the_axes_alone(carol: User) -> None:
    cells = make_grid(carol, STEPS, GUIDANCE)
    assert [(job.steps, job.guidance) for job in cells] == [(s, g) for g in (4.0, 7.5) for s in (10, 20, 30)]
    assert {job.seed for job in cells} == {None}
    assert len({image.seed for job in cells for image in job.images.all()}) == 1
    assert axes_of(cells) == [STEPS, GUIDANCE]


def test_each_cell_is_a_job_of_its_own(carol: User) -> None:
    cells = make_grid(carol, STEPS)
    assert [(job.number, job.count, job.status) for job in cells] == [(n, 1, "queued") for n in (1, 2, 3)]
    assert submit_job(carol).number == 4
    assert wallet_of(carol).balance == 5_000 - 4
    assert list(audit()) == []


def test_a_seed_that_was_chosen_is_that_of_every_cell_and_an_axis_of_seeds_is_followed(carol: User) -> None:
    cells = make_grid(carol, STEPS, seed=7)
    assert {image.seed for job in cells for image in job.images.all()} == {7}
    cells = make_grid(carol, Axis("seed", [3, 5]))
    assert [image.seed for job in cells for image in job.images.all()] == [3, 5]


def test_an_axis_of_engines_uses_each(carol: User) -> None:
    make_engine("other")
    cells = make_grid(carol, Axis("engine", ["simulated", "other"]))
    assert [job.engine.slug for job in cells] == ["simulated", "other"]


def test_sizes_are_open_to_the_basic_plan(alice: User) -> None:
    assert [(job.width, job.height) for job in make_grid(alice, SIZE)] == [(64, 64), (128, 64)]


def test_the_same_press_gives_the_same_grid(carol: User) -> None:
    first, is_new = submit_grid(carol, asked(STEPS), idempotency_key="press")
    again, is_new_again = submit_grid(carol, asked(STEPS), idempotency_key="press")
    assert (again, is_new, is_new_again, Job.objects.count()) == (first, True, False, 3)
    with pytest.raises(KeyReused):
        submit_grid(carol, asked(GUIDANCE), idempotency_key="press")
    with pytest.raises(KeyReused):
        jobs.submit(carol, JobRequest(prompt="a kitten"), idempotency_key="press")


@pytest.mark.parametrize(
    ("limits", "refusal"),
    [({"monthly_credits": 2}, InsufficientCredits), ({"waiting_images": 2}, TooManyWaiting)],
)
def test_all_or_nothing(carol: User, limits: dict[str, int], refusal: type[Refusal]) -> None:
    make_plan("advanced", **limits)
    carol.refresh_from_db()
    Wallet.objects.filter(member=carol).update(balance=2 if "monthly_credits" in limits else 5_000)
    with pytest.raises(refusal):
        submit_grid(carol, asked(STEPS))
    assert not Job.objects.exists()
    assert not Image.objects.exists()


def test_the_plan_says_every_reason_of_every_cell_once(alice: User) -> None:
    with pytest.raises(NotInPlan) as refused:
        submit_grid(alice, asked(STEPS, Axis("size", ["64x64", "2048x2048"])))
    assert [reason.code for reason in refused.value.reasons] == ["parameter:steps", "max_side", "max_pixels"]
    assert not Job.objects.exists()


def test_what_is_wrong_names_the_value_of_the_axis(carol: User) -> None:
    assert wrong(carol, Axis("steps", [10, 9_999])) == ["axes.0.values.1"]
    assert wrong(carol, STEPS, Axis("size", ["64x64", "9x9"])) == ["axes.1.values.1"]
    assert wrong(carol, STEPS, Axis("style", ["none", "such"])) == ["axes.1.values.0", "axes.1.values.1"]
    assert wrong(carol, STEPS, prompt=" ") == ["prompt"]


def test_a_mistake_of_one_engine_says_of_which(carol: User) -> None:
    make_engine("illustrator", kind="illustrator")
    with pytest.raises(Invalid) as refused:
        submit_grid(carol, asked(Axis("engine", ["simulated", "illustrator"]), width=512, height=512, steps=20))
    assert [(error.field, str(error.message).partition(":")[0]) for error in refused.value.errors] == [
        ("steps", "illustrator")
    ]


@pytest.mark.parametrize(
    ("axes", "field"),
    [
        ([], "axes"),
        ([STEPS, STEPS], "axes"),
        ([STEPS, GUIDANCE, SIZE], "axes"),
        ([Axis("steps", [10])], "axes"),
        ([Axis("seed", list(range(MOST_CELLS + 1)))], "axes"),
        ([Axis("magic", [1, 2])], "axes.0.name"),
        ([Axis("steps", [])], "axes.0.values"),
        ([Axis("steps", [10, "many"])], "axes.0.values.1"),
        ([Axis("steps", [10, 10.5])], "axes.0.values.1"),
        ([Axis("steps", [10, "10"])], "axes.0.values.1"),
        ([Axis("guidance", [4, float("nan")])], "axes.0.values.1"),
        ([Axis("guidance", [4, 10**400])], "axes.0.values.1"),
        ([Axis("size", ["64x64", "large"])], "axes.0.values.1"),
        ([Axis("engine", ["simulated", ""])], "axes.0.values.1"),
    ],
)
def test_axes_that_make_no_grid_are_named(carol: User, axes: list[Axis], field: str) -> None:
    assert wrong(carol, *axes) == [field]


def test_text_is_read_as_what_it_means(carol: User) -> None:
    cells = make_grid(carol, Axis("steps", ["10", 20]), Axis("guidance", ["4", 7.5]))
    assert axes_of(cells) == [Axis("steps", [10, 20]), GUIDANCE]


def test_a_cell_holds_one_picture_that_is_new(carol: User) -> None:
    assert wrong(carol, STEPS, count=2) == ["count"]
    assert wrong(carol, STEPS, mode="process") == ["mode"]


def test_an_estimate_adds_up_the_cells_and_says_what_is_in_the_way(alice: User) -> None:
    told = estimate_grid(alice, asked(SIZE, STEPS))
    assert (told["price"], told["cells"], told["position"], told["starts_in"]) == (6, 6, 1, 0.0)
    assert [reason.code for reason in told["reasons"]] == ["parameter:steps"]
    assert not Job.objects.exists()


def test_a_grid_is_stopped_and_what_was_not_made_is_made_again(carol: User) -> None:
    cells = make_grid(carol, STEPS)
    end(claim(1))
    images = Image.objects.visible_to(carol).of_group(cells[0].group)  # type: ignore[arg-type]  # it has one
    jobs.cancel_images(images)
    assert [image.status for image in images.order_by("job_id")] == ["succeeded", "cancelled", "cancelled"]
    jobs.retry_unmade(carol, images)
    assert [image.status for image in images.order_by("job_id")] == ["succeeded", "queued", "queued"]
    assert [job.status for job in Job.objects.of_group(cells[0].group)] == ["succeeded", "queued", "queued"]  # type: ignore[arg-type]
    assert list(audit()) == []


def test_a_cell_that_is_deleted_leaves_its_place_empty(carol: User) -> None:
    cells = make_grid(carol, STEPS, GUIDANCE)
    jobs.cancel_job(cells[0])
    jobs.delete_job(Job.objects.get(pk=cells[0].pk))
    assert axes_of(cells[1:]) == [STEPS, GUIDANCE]
