"""What an admin may set for a DashScope-style engine."""

from dataclasses import dataclass

from generation.engines.settings import InvalidSettings, Problem, RemoteSettings, gettext_noop, setting

NEW_MODELS = ("wan2.6", "qwen-image")  # what begins so takes messages


@dataclass(frozen=True, kw_only=True)
class DashScopeSettings(RemoteSettings):
    """Where tasks go, and how they are asked about."""

    base_url: str = setting(
        "url",
        gettext_noop("Address"),
        gettext_noop("Without /api/v1. Each region has an address and keys of its own."),
        default="https://dashscope.aliyuncs.com",
    )
    key: str = setting("text", gettext_noop("Key"), default="", secret=True)
    models: str = setting(
        "long_text", gettext_noop("Models"), gettext_noop("One a line; the first is used where a member chooses none.")
    )
    edit_model: str = setting(
        "text",
        gettext_noop("Model for reference pictures"),
        gettext_noop("Such as wanx2.1-imageedit; without one there is no image to image."),
        default="",
    )
    protocol: str = setting(
        "choice",
        gettext_noop("Shape of requests"),
        gettext_noop("wan2.6 and qwen-image models take messages, older ones a prompt."),
        default="model",
        choices=(
            ("model", gettext_noop("As the model's name tells")),
            ("prompt", gettext_noop("Prompt")),
            ("messages", gettext_noop("Messages")),
        ),
    )
    extend_prompt: bool = setting("switch", gettext_noop("Let the server extend prompts"), default=False)
    poll_seconds: float = setting(
        "number", gettext_noop("Seconds between two questions"), default=2.0, minimum=0.05, maximum=60
    )
    most_wait_seconds: float = setting(
        "number", gettext_noop("Longest wait for a task, in seconds"), default=600.0, minimum=1, maximum=86_400
    )
    most_query_errors: int = setting(
        "integer",
        gettext_noop("Failed questions in a row"),
        gettext_noop("So many, and the task counts as lost from sight."),
        default=3,
        minimum=1,
        maximum=100,
    )

    def __post_init__(self) -> None:
        """Raise `InvalidSettings` where no model is named."""
        if not self.model_names:
            raise InvalidSettings([Problem("models", gettext_noop("Name a model."))])

    @property
    def model_names(self) -> tuple[str, ...]:
        """Give the models, the usual one first."""
        return tuple(line.strip() for line in self.models.splitlines() if line.strip())

    def takes_messages(self, model: str) -> bool:
        """Whether a model takes messages rather than a prompt."""
        return self.protocol == "messages" or (self.protocol == "model" and model.startswith(NEW_MODELS))
