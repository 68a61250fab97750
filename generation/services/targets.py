"""Targets: what a new installation knows of them, and recipes that name one."""

from django.utils.translation import gettext_noop

from generation.models import Target
from generation.processing.recipes import NO_TARGETS, Targets, names_target

# Shops want the whole product on white, channels a full frame. Width, height, fit, at most kB, what the place says.
_SHOP, _CHANNEL = ("pad", "#ffffff"), ("fill", "#ffffff")
SEEDS: list[tuple[str, str, int, int, tuple[str, str], int | None, str]] = [
    ("taobao", gettext_noop("Taobao and Tmall"), 800, 800, _SHOP, 500,
     gettext_noop("Square, at least 700 pixels for the magnifier; the fifth picture on white.")),
    ("jd", gettext_noop("JD.com"), 800, 800, _SHOP, 1000,
     gettext_noop("Square, the product on white, nothing else in the first picture.")),
    ("xiaohongshu", gettext_noop("Xiaohongshu cover"), 1242, 1656, _CHANNEL, 5000,
     gettext_noop("3 : 4; keep words away from the edges.")),
    ("wechat-cover", gettext_noop("WeChat article cover"), 900, 383, _CHANNEL, 2000,
     gettext_noop("2.35 : 1; the square in the middle is what lists show.")),
    ("amazon", gettext_noop("Amazon"), 2000, 2000, _SHOP, 10_000,
     gettext_noop("Pure white, the product fills 85 %; at least 1,000 pixels for the zoom.")),
    ("shopify", "Shopify", 2048, 2048, _SHOP, 20_000, gettext_noop("Square, the same for all products.")),
    ("ebay", "eBay", 1600, 1600, _SHOP, 12_000,
     gettext_noop("At least 500 pixels at the longer side; no frames, no words.")),
    ("instagram-square", gettext_noop("Instagram, square"), 1080, 1080, _CHANNEL, 8000, ""),
    ("instagram-portrait", gettext_noop("Instagram, portrait"), 1080, 1350, _CHANNEL, 8000,
     gettext_noop("4 : 5, the tallest that the feed shows whole.")),
    ("instagram-story", gettext_noop("Instagram, story"), 1080, 1920, _CHANNEL, 8000,
     gettext_noop("9 : 16; leave 250 pixels free above and below.")),
    ("a4", gettext_noop("Print, A4 at 300 dpi"), 2480, 3508, _CHANNEL, None,
     gettext_noop("210 × 297 mm, upright, without bleed.")),
    ("a4-200", gettext_noop("Print, A4 at 200 dpi"), 1654, 2339, _CHANNEL, None,
     gettext_noop("210 × 297 mm, upright, without bleed.")),
]  # fmt: skip


def seed_targets() -> None:
    """Give a new installation its targets; where there is one, admins have their own list."""
    if Target.objects.exists():
        return
    Target.objects.bulk_create(
        Target(
            slug=slug, name=name, width=width, height=height, fit=fit, background=background, at_most_kb=at_most,
            rules=rules, order=order, format="png" if slug.startswith("a4") else "jpeg",
        )
        for order, (slug, name, width, height, (fit, background), at_most, rules) in enumerate(SEEDS)
    )  # fmt: skip


def targets_for(recipe: object) -> Targets:
    """Give the operations of each target that is offered; none where a recipe names no target."""
    if not isinstance(recipe, list) or not any(map(names_target, recipe)):
        return NO_TARGETS
    return {target.slug: target.operations() for target in Target.objects.offered()}
