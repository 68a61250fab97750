"""Logging in with an account from elsewhere: a real OpenID provider beside the product."""

import json
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.flows.browser import open_page
from tests.studio import Studio

pytestmark = [pytest.mark.flow, pytest.mark.xdist_group("flow")]


class Provider(BaseHTTPRequestHandler):
    """As much of OpenID Connect as a log-in takes: discovery, consent, token, user."""

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        match address.path:
            case "/.well-known/openid-configuration":
                self._answer({name: f"{self._own}/{path}" for name, path in ENDPOINTS.items()} | {"issuer": self._own})
            case "/consent":
                back = f"{asked['redirect_uri']}?{urlencode({'code': 'once', 'state': asked['state']})}"
                self._send(f'<a href="{back}">Allow</a>'.encode(), "text/html")
            case "/user" if self.headers["Authorization"] == "Bearer access":
                self._answer({"sub": "7", "email": "erin@example.com", "email_verified": True, "name": "Erin"})
            case _:
                self.send_error(404)

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        right = sent["code"] == ["once"] and sent["client_secret"] == ["secret"] and "code_verifier" in sent
        self._answer({"access_token": "access", "token_type": "Bearer"} if right else {"error": "invalid_grant"})

    @property
    def _own(self) -> str:
        return f"http://{self.headers['Host']}"

    def _answer(self, value: Mapping[str, object]) -> None:
        self._send(json.dumps(value).encode(), "application/json")

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


ENDPOINTS = {"authorization_endpoint": "consent", "token_endpoint": "token", "userinfo_endpoint": "user"}


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Run a provider; gives its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Provider) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="module")
def studio(provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """Run a product that knows the provider."""
    known = {"OIDC_URL": provider, "OIDC_NAME": "Example", "OIDC_CLIENT_ID": "us", "OIDC_CLIENT_SECRET": "secret"}
    started = Studio(Path(tmp_path_factory.mktemp("social")), **known)
    started.wait_until_healthy()
    yield started
    started.stop()


def test_somebody_comes_from_elsewhere_and_comes_back(studio: Studio, browser: Browser) -> None:
    for _visit in ("first", "second"):
        page = open_page(browser, studio.url)
        page.goto("/accounts/login/")
        page.get_by_role("button", name="Continue with Example").click()
        page.get_by_role("link", name="Allow").click()
        page.wait_for_selector("html[data-live=open]")
        expect(page.get_by_title("Credits left")).to_contain_text("200")
        page.goto("/accounts/3rdparty/")
        expect(page.get_by_text("erin@example.com").first).to_be_attached()
        page.context.close()
