"""Where the scenes of `tests.flows.screenshots` are played: one look of the product, with members made at need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from playwright.sync_api import Browser, Locator, Page

from tests.flows.browser import make_members, open_page, press, run_code, sign_in
from tests.studio import Studio

PROMPTS = {
    "en": ("A cute kitten by the sea at sunset, watercolor", "A lighthouse on the coast in a storm, oil painting"),
    "zh-CN": ("日落海边的一只可爱小猫，水彩", "暴风雨中礁石海岸上的灯塔，油画"),
}
SCENES: dict[str, Callable[[Stage], None]] = {}


def scene(play: Callable[[Stage], None]) -> Callable[[Stage], None]:
    """Mark a function as a scene; it is called by its name."""
    SCENES[play.__name__] = play
    return play


@dataclass
class Stage:
    """One scene in one look; pages that it opens are closed at its end."""

    studio: Studio
    browser: Browser
    folder: Path
    look: dict[str, object]
    scene: str
    _pages: list[Page] = field(default_factory=list)

    @property
    def prompts(self) -> tuple[str, ...]:
        """Prompts in the language of the look."""
        return PROMPTS[str(self.look["locale"])]

    def visitor(self) -> Page:
        """Open a browser that nobody is logged in with."""
        self._pages.append(open_page(self.browser, self.studio.url, **self.look))
        return self._pages[-1]

    def member(self, plan: str = "advanced", name: str = "") -> Page:
        """Give the studio as a member of their own sees it."""
        email = self.email(name or plan)
        make_members(self.studio, plan, [email])
        return sign_in(self.visitor(), email)

    def email(self, name: str) -> str:
        """Give the address that `member` gives a member of this name."""
        return f"{name}@{self.scene}.{self.folder.name}.example".replace("_", "-")

    def shoot(self, page: Page, name: str, *, whole: bool = False) -> None:
        """Photograph what is to be seen, or the `whole` page."""
        window = page.viewport_size
        if whole:  # a window of its height: pictures far below are loaded as if somebody scrolled there
            width = page.evaluate("innerWidth")
            page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
        page.wait_for_timeout(400)  # pictures fade in
        self.folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=self.folder / f"{name}.png")
        if window:
            page.set_viewport_size(window)

    def run(self, code: str) -> None:
        """Run code on the product's own data."""
        run_code(self.studio, code)

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for page in self._pages:
            page.context.close()


def send(page: Page, prompt: str, engine: str, count: int = 1) -> Locator:
    """Press Generate on the tab where the button is; gives the card."""
    tab(page, "create")
    return press(page, prompt, engine=engine, count=count)


def tab(page: Page, name: str) -> None:
    """On phones the bar and the feed are tabs."""
    shown = page.locator(f'.bottom-tabs [data-tab="{name}"]')
    if shown.is_visible():
        shown.click()
