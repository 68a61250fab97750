"""Photograph every page and every state of a card, in every look: `python -m tests.flows.screenshots OUT [SCENE ...]`.

A scene is a function in a module of `tests.flows.scenes`, marked with `@scene`; new pages bring their own module.
"""

import tests.environment  # isort: skip  # noqa: F401  sets Django up, so it comes first

import sys
import tempfile
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from tests.flows import scenes
from tests.flows.browser import chromium
from tests.flows.stage import SCENES, Stage
from tests.studio import Studio

WIDE = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
# Any two of width, theme and language meet in one of these.
LOOKS: dict[str, dict[str, object]] = {
    "wide-light-en": WIDE | {"color_scheme": "light", "locale": "en"},
    "wide-dark-zh": WIDE | {"color_scheme": "dark", "locale": "zh-CN"},
    "phone-light-zh": PHONE | {"color_scheme": "light", "locale": "zh-CN"},
    "phone-dark-en": PHONE | {"color_scheme": "dark", "locale": "en"},
}


def take(folder: Path, wanted: list[str]) -> None:
    """Run the product in a folder of its own and play the scenes, all or those that are named."""
    for module in iter_modules(scenes.__path__):
        import_module(f"{scenes.__name__}.{module.name}")
    with tempfile.TemporaryDirectory() as data, chromium() as browser:
        studio = Studio(Path(data), SIMULATED_ENGINE="1")
        try:
            studio.wait_until_healthy()
            for look, context in LOOKS.items():
                for name, play in SCENES.items():
                    if not wanted or name in wanted:
                        print(f"{look}: {name}", file=sys.stderr)  # noqa: T201  a command says what it does
                        with Stage(studio, browser, folder / look, context, name) as stage:
                            play(stage)
        finally:
            studio.stop()


if __name__ == "__main__":
    take(Path(sys.argv[1]), sys.argv[2:])
