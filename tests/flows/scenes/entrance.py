"""What visitors and newcomers see."""

from playwright.sync_api import expect

from tests.flows.stage import Stage, scene


@scene
def entrance(stage: Stage) -> None:
    """The pages before anybody is logged in."""
    page = stage.visitor()
    for name, path in (("landing", "/"), ("sign-up", "/accounts/signup/"), ("log-in", "/accounts/login/")):
        page.goto(path)
        stage.shoot(page, name)
    page.goto("/nowhere/")
    stage.shoot(page, "not-found")


@scene
def newcomer(stage: Stage) -> None:
    """The empty feed, what the plan locks, and the pages about plan and account."""
    page = stage.member("basic")
    expect(page.locator("[data-price]")).not_to_have_attribute("data-price", "")
    stage.shoot(page, "first-run")
    page.locator(".advanced").evaluate("fold => (fold.open = true)")
    page.locator(".advanced").scroll_into_view_if_needed()
    stage.shoot(page, "locked")
    for name, path in (("plans", "/plans/"), ("account", "/account/")):
        page.goto(path)
        stage.shoot(page, name)
