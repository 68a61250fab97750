"""The rows a new installation starts with."""

from django.conf import settings
from django.utils.translation import gettext_noop

from generation.models import Engine, LaneState


def seed_engine() -> None:
    """Make the illustrator, the lane of recipes, and the simulated engine for tests; admins' changes are kept."""
    _ensure(
        "illustrator",
        name=gettext_noop("Built-in illustrator"),
        description=gettext_noop("Draws scenes from words by itself: no GPU, no key, no download. Not a photo model."),
        kind="illustrator",
        concurrency=2,
        time_limit=60,
        base_seconds=0.3,
        megapixel_seconds=1.2,
    )
    _ensure(
        "processing",
        name=gettext_noop("Post-processing"),
        description=gettext_noop("Runs recipes on finished pictures: sizes, colours, marks, backgrounds, styles."),
        kind="processing",
        order=100,
        concurrency=2,
        time_limit=600,
        megapixel_price=0,
        base_seconds=0.3,
        megapixel_seconds=0.3,
    )
    if settings.SIMULATED_ENGINE:
        _ensure(
            "simulated", name="Simulated (tests)", kind="simulated", order=10, concurrency=50, megapixel_price=1,
            base_seconds=2.0, megapixel_seconds=0.0,
        )  # fmt: skip


def _ensure(slug: str, **values: object) -> None:
    engine, _ = Engine.objects.get_or_create(slug=slug, defaults=values)
    LaneState.objects.get_or_create(engine=engine)
