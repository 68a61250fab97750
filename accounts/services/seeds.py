"""The plans a fresh installation starts with."""

from django.utils.translation import gettext_noop

from accounts.models import Plan

EVERY = ["*"]
PLANS = (
    {
        "slug": "basic",
        "name": gettext_noop("Basic"),
        "description": gettext_noop("Pictures from words, free of charge."),
        "order": 10,
        "default": True,
        "modes": ["text-to-image", "image-to-image"],
        "parameters": ["prompt", "size", "count", "style", "reference"],
        "operations": ["resize", "crop", "rotate", "colour", "convert"],
    },
    {
        "slug": "advanced",
        "name": gettext_noop("Advanced"),
        "description": gettext_noop("Every control, larger pictures, a bigger share of the machines."),
        "order": 20,
        "modes": EVERY,
        "parameters": EVERY,
        "operations": EVERY,
        "max_side": 4096,
        "max_pixels": 4_200_000,
        "images_per_job": 8,
        "running_images": 8,
        "waiting_images": 2_000,
        "weight": 4,
        "batch_rows": 2_000,
        "monthly_credits": 5_000,
        "visible_mark": False,
        "retention_days": 365,
        "storage_bytes": 50_000_000_000,
        "own_engine_keys": True,
    },
)


def seed_plans() -> None:
    """Make the first plans; afterwards they belong to the admins, who may edit and delete them."""
    if not Plan.objects.exists():
        Plan.objects.bulk_create([Plan(**values) for values in PLANS], ignore_conflicts=True)
