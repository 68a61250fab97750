"""What an admin may set for an engine that speaks as OpenAI's images API does."""

import re
from dataclasses import dataclass
from typing import Any

from generation.engines.openai_images.dialects import DIALECTS, Size
from generation.engines.settings import InvalidSettings, Problem, RemoteSettings, gettext_noop, setting


@dataclass(frozen=True, kw_only=True)
class OpenAIImagesSettings(RemoteSettings):
    """Where the server is, which models it has, and how it differs."""

    base_url: str = setting(
        "url",
        gettext_noop("Address"),
        gettext_noop(
            "Up to the version, such as https://api.openai.com/v1 or https://ark.cn-beijing.volces.com/api/v3."
        ),
    )
    key: str = setting("text", gettext_noop("Key"), default="", secret=True)
    dialect: str = setting(
        "choice",
        gettext_noop("Server"),
        gettext_noop("What it takes and how it answers."),
        default="openai",
        choices=tuple((name, dialect.label) for name, dialect in DIALECTS.items()),
    )
    models: str = setting(
        "long_text", gettext_noop("Models"), gettext_noop("One a line; the first is used where a member chooses none.")
    )
    quality: str = setting(
        "text",
        gettext_noop("Quality"),
        gettext_noop("Such as low, medium or high; empty leaves it to the server."),
        default="",
    )
    sizes: str = setting(
        "long_text",
        gettext_noop("Sizes"),
        gettext_noop(
            "Of a model that makes a few sizes alone, such as 1024x1024, one a line. The nearest shape is used."
        ),
        default="",
    )
    edits: bool = setting("switch", gettext_noop("Takes reference pictures"), default=True)
    stream: bool = setting(
        "switch",
        gettext_noop("Stream previews"),
        gettext_noop("Asks for partial pictures, where the server offers them; they may cost more."),
        default=False,
    )
    paid: bool = setting(
        "switch",
        gettext_noop("Charges for each picture"),
        gettext_noop(
            "A picture whose answer was lost is not asked for again by itself, because it may have been charged."
        ),
        default=True,
    )
    stops: bool = setting(
        "switch",
        gettext_noop("Stops when the connection closes"),
        gettext_noop(
            "A cancelled picture then frees its place at once; else it keeps it until the server, going on, answers."
        ),
        default=False,
    )
    input_price: float = setting(
        "number", gettext_noop("Price of a million input tokens"), default=0.0, minimum=0, maximum=100_000
    )
    output_price: float = setting(
        "number", gettext_noop("Price of a million output tokens"), default=0.0, minimum=0, maximum=100_000
    )
    more: dict[str, Any] | None = setting(
        "json",
        gettext_noop("More parameters"),
        gettext_noop('Sent with each request as they are, such as {"moderation": "low"}.'),
        default=None,
    )
    idle_seconds: float = setting(
        "number",
        gettext_noop("Seconds of silence"),
        gettext_noop(
            "An answer that stops coming for this long has failed. Most servers are silent until the picture is done."
        ),
        default=300.0,
        minimum=0.1,
        maximum=3600,
    )

    def __post_init__(self) -> None:
        """Raise `InvalidSettings` for lists that cannot be read."""
        if not self.model_names:
            raise InvalidSettings([Problem("models", gettext_noop("Name a model."))])
        if any(not re.fullmatch(r"[1-9]\d{1,4}x[1-9]\d{1,4}", size) for size in self.sizes.split()):
            raise InvalidSettings([Problem("sizes", gettext_noop("Write sizes such as 1024x1536, one a line."))])

    @property
    def model_names(self) -> tuple[str, ...]:
        """Give the models, the usual one first."""
        return tuple(line.strip() for line in self.models.splitlines() if line.strip())

    @property
    def fixed_sizes(self) -> tuple[Size, ...]:
        """Give the sizes that alone are made, or none."""
        pairs = (size.split("x") for size in self.sizes.split())
        return tuple((int(width), int(height)) for width, height in pairs)

    def cost_of(self, usage: Any) -> dict[str, float]:
        """Give what the tokens of an answer cost, where prices are set."""
        if not isinstance(usage, dict) or not (self.input_price or self.output_price):
            return {}
        prices = (("input_tokens", self.input_price), ("output_tokens", self.output_price))
        counts = [(usage.get(name), price) for name, price in prices]
        return {"cost": round(sum(count * price for count, price in counts if isinstance(count, int)) / 1_000_000, 6)}
