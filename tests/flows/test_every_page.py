"""Every page in every state, wide and narrow, light and dark: axe finds nothing, nothing sticks out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.flows.browser import no_violation, open_page, sign_in
from tests.flows.states import ADMIN, NEWCOMER, OWNER, VISITOR, State, clear, prepare
from tests.studio import Studio

pytestmark = [pytest.mark.flow, pytest.mark.xdist_group("looks")]  # with a studio of their own, beside the stories

WIDE = {"viewport": {"width": 1440, "height": 900}}
NARROW = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LOOKS: dict[str, dict[str, object]] = {
    "wide-light": WIDE | {"color_scheme": "light"},
    "narrow-dark": NARROW | {"color_scheme": "dark"},
    "wide-dark": WIDE | {"color_scheme": "dark"},
    "narrow-light": NARROW | {"color_scheme": "light"},
}
LONG = ("wide-dark", "narrow-light")  # two looks show either width and either theme; all four take their time
SAYING = "[role=status], [role=log], [aria-live=polite]"  # more than one, and screen readers talk over themselves
STATES = {
    f"{who}: {name}": (who, state)
    for who, states in (("visitor", VISITOR), ("newcomer", NEWCOMER), ("owner", OWNER), ("admin", ADMIN))
    for name, state in states.items()
}


class Eyes:
    """Those who look at the pages, in one look; each logs in once."""

    def __init__(self, browser: Browser, studio: Studio, facts: dict[str, str], look: dict[str, object]) -> None:
        self.facts = facts
        # Axe is put into the pages, which the policy forbids; without motion a page is at rest at once.
        here = look | {"bypass_csp": True, "reduced_motion": "reduce", "locale": "en"}
        visitor, newcomer, owner = (open_page(browser, studio.url, **here) for _ in range(3))
        self.pages = {"visitor": visitor, "newcomer": newcomer, "owner": owner, "admin": owner}
        sign_in(newcomer, facts["newcomer"])
        sign_in(owner, facts["owner"])

    def come_to(self, who: str, state: State) -> Page:
        """Bring a state about, as if for the first time."""
        page = self.pages[who]
        page.goto("about:blank")  # an address that differs by its last part alone loads nothing
        page.goto(state.path.format(**self.facts))
        page.evaluate("localStorage.clear()")
        for act in state.acts:
            act(page)
        return page


@pytest.fixture(scope="module")
def facts(studio: Studio, members: Iterator[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Bring about everything that is looked at; gives the ids of it."""
    owner = next(members)
    yield prepare(studio, owner, tmp_path_factory.mktemp("states"))
    clear(studio, owner)


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=pytest.mark.chaos if name in LONG else ()) for name in LOOKS],
)
def eyes(studio: Studio, browser: Browser, facts: dict[str, str], request: pytest.FixtureRequest) -> Iterator[Eyes]:
    """Look at it in one look after the other."""
    looking = Eyes(browser, studio, facts, LOOKS[request.param])
    yield looking
    for page in looking.pages.values():
        page.context.close()


@pytest.mark.parametrize("name", STATES)
def test_nothing_stands_in_anybodys_way(eyes: Eyes, name: str) -> None:
    who, state = STATES[name]
    page = eyes.come_to(who, state)
    no_violation(page, state.within)
    assert page.locator(SAYING).count() <= 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "something sticks out"
