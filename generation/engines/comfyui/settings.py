"""What an admin may set for ComfyUI servers."""

from dataclasses import dataclass
from typing import Any

from generation.engines.base import Mode
from generation.engines.comfyui.workflows import NotAWorkflow, Workflow, built_in, read_workflow
from generation.engines.settings import InvalidSettings, Problem, RemoteSettings, gettext_noop, setting

_WORKFLOW = gettext_noop(
    "A workflow exported as “API”. Write {{prompt}}, {{negative}}, {{seed}}, {{width}}, {{height}}, {{steps}}, "
    "{{guidance}}, {{sampler}}, {{checkpoint}}, {{reference}}, {{mask}}, {{strength}} or {{prefix}} as the value of an "
    "input; where there is none of them, the places are found."
)
SETTINGS = {Mode.TEXT_TO_IMAGE: "text_to_image", Mode.IMAGE_TO_IMAGE: "image_to_image", Mode.INPAINT: "inpaint"}


@dataclass(frozen=True, kw_only=True)
class ComfyUISettings(RemoteSettings):
    """The servers, and what runs on them."""

    servers: tuple[str, ...] = setting(
        "urls",
        gettext_noop("Servers"),
        gettext_noop(
            "One address a line, such as http://10.0.0.5:8188. Each picture goes to the one with least to do."
        ),
    )
    checkpoints: str = setting(
        "long_text",
        gettext_noop("Checkpoints"),
        gettext_noop("File names, one a line; the first is used where a member chooses none."),
        default="",
    )
    text_to_image: dict[str, Any] | None = setting("json", gettext_noop("Text to image"), _WORKFLOW, default=None)
    image_to_image: dict[str, Any] | None = setting("json", gettext_noop("Image to image"), _WORKFLOW, default=None)
    inpaint: dict[str, Any] | None = setting("json", gettext_noop("Inpaint"), _WORKFLOW, default=None)
    key: str = setting(
        "text",
        gettext_noop("Key"),
        gettext_noop("For a proxy in front of the servers that asks for a bearer token."),
        default="",
        secret=True,
    )
    idle_seconds: float = setting(
        "number",
        gettext_noop("Seconds of silence"),
        gettext_noop("An answer that stops coming for this long has failed."),
        default=20.0,
        minimum=0.1,
        maximum=3600,
    )

    def __post_init__(self) -> None:
        """Raise `InvalidSettings` for workflows that cannot be used."""
        problems = []
        for name in SETTINGS.values():
            try:
                _ = getattr(self, name) and read_workflow(getattr(self, name))
            except NotAWorkflow as refusal:
                problems.append(Problem(name, refusal.message, refusal.values))
        if not problems and not self.workflows:
            message = gettext_noop("Upload a workflow, or name a checkpoint for the built-in ones.")
            problems.append(Problem("text_to_image", message))
        if problems:
            raise InvalidSettings(problems)

    @property
    def checkpoint_names(self) -> tuple[str, ...]:
        """Give the checkpoints, the usual one first."""
        return tuple(line.strip() for line in self.checkpoints.splitlines() if line.strip())

    @property
    def workflows(self) -> dict[Mode, Workflow]:
        """Give the workflow of each mode: the admin's, or the built-in one where there is a checkpoint for it."""
        chosen = {mode: read_workflow(getattr(self, name)) for mode, name in SETTINGS.items() if getattr(self, name)}
        usual = (Mode.TEXT_TO_IMAGE, Mode.IMAGE_TO_IMAGE) if self.checkpoint_names else ()
        return {mode: built_in(mode) for mode in usual} | chosen
