"""An admin connects an engine, tries it, and tells members why it rests."""

import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.flows.browser import make_admin, no_violation, press, run_code, sign_in
from tests.flows.browser import studio as to_studio
from tests.generation.engines.peers.openai_images import OpenAIImagesPeer
from tests.generation.engines.peers.serving import served
from tests.studio import Studio

pytestmark = [pytest.mark.flow, pytest.mark.xdist_group("flow")]

AWAY = """
from generation.models import Engine
Engine.objects.filter(slug="painter").update(enabled=False, paused=True)
"""


@pytest.fixture
def address() -> Iterator[str]:
    """Serve OpenAI's images API on a thread of its own and give its address."""
    addresses: list[str] = []
    ready, over = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with served(OpenAIImagesPeer().application()) as url:
            addresses.append(url)
            ready.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(20)
    yield f"{addresses[0]}/v1"
    loop.call_soon_threadsafe(over.set)
    thread.join()
    loop.close()


def test_dave_connects_an_engine_tries_it_and_pauses_it_with_a_word(
    studio: Studio, visit: Callable[..., Page], members: Iterator[str], address: str
) -> None:
    daves, alices = next(members), next(members)
    make_admin(studio, daves)
    dave, alice = sign_in(visit(), daves), sign_in(visit(), alices)

    dave.goto("/admin/generation/engine/add/")
    dave.get_by_role("link", name="OpenAI-compatible").click()
    dave.get_by_label("Name:", exact=True).press_sequentially("Painter")
    expect(dave.get_by_label("Short name:")).to_have_value("painter")
    no_violation(dave)
    dave.get_by_label("Address:").fill(address)
    dave.get_by_label("Key:").fill("sk-of-the-house")
    dave.get_by_label("Models:").fill("painter-1")
    dave.get_by_label("Sizes:").fill("big")
    dave.get_by_role("button", name="Save", exact=True).click()
    expect(dave.get_by_text("Write sizes such as 1024x1536, one a line.")).to_be_visible()
    expect(dave.get_by_label("Address:")).to_have_value(address)
    dave.get_by_label("Sizes:").fill("")
    dave.get_by_label("Key:").fill("sk-of-the-house")
    dave.get_by_role("button", name="Save", exact=True).click()

    dave.get_by_role("row", name="Painter").get_by_role("link", name="Test").click()
    dave.get_by_role("button", name="Test", exact=True).click()
    expect(dave.get_by_role("definition").get_by_role("img")).to_be_visible()
    no_violation(dave)

    to_studio(alice)
    expect(press(alice, "a kitten", engine="painter")).to_have_attribute("data-status", "succeeded")

    dave.goto("/admin/generation/engine/")
    row = dave.get_by_role("row", name="Painter")
    row.get_by_role("textbox").fill("Back at six")
    dave.get_by_role("button", name="Save", exact=True).click()
    dave.get_by_role("row", name="Painter").get_by_role("checkbox").first.check()
    dave.get_by_label("Action:").select_option("pause")
    dave.get_by_role("button", name="Go").click()
    to_studio(alice)
    alice.locator(".advanced").evaluate("fold => (fold.open = true)")
    alice.locator("#engine").focus()
    expect(alice.locator("#engine option[value=painter]")).to_contain_text("Paused: Back at six")
    run_code(studio, AWAY)
