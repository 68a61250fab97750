"""What the list of devices calls them."""

import pytest

from accounts.templatetags.devices import device_name

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0"
SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"Mozilla/5.0 (X11; Linux x86_64) {CHROME} Safari/537.36", "Chrome · Linux"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/140.0.0.0", "Edge · Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · macOS"),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {SAFARI} Mobile/15E148 Safari/604.1",
            "Safari · iPhone",
        ),
        (f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36", "Chrome · Android"),
        ("curl/8.0", "Unknown device"),
        ("", "Unknown device"),
    ],
)
def test_devices_have_names(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name
