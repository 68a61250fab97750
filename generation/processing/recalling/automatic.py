"""The words of AUTOMATIC1111's web UI: prompt, `Negative prompt:`, and a last line of `Name: value` pairs."""

import json
import re

from generation.processing.recalling.values import Recalled

NAMES = {
    "Steps": "steps", "Sampler": "sampler", "CFG scale": "guidance", "Distilled CFG Scale": "guidance", "Seed": "seed",
    "Size": "size", "Model": "model", "Denoising strength": "strength", "Style": "style", "Engine": "engine",
}  # fmt: skip
QUIET = {"Version", "Model hash", "App"}
LONGEST_LINE = 20_000

_NEGATIVE = "Negative prompt:"
_PAIR = re.compile(r'(\w[\w \-/]{0,60}):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)')


def read(text: str) -> Recalled | None:
    """Read the words; None where the last line holds no such pairs."""
    *lines, last = text.strip().split("\n")
    pairs = _PAIR.findall(last[:LONGEST_LINE])
    if len(pairs) < 3 or not any(name in NAMES for name, _ in pairs):
        return None
    recalled = Recalled("imagegen" if ("Version", "imagegen") in pairs else "AUTOMATIC1111")
    at = next((number for number, line in enumerate(lines) if line.strip().startswith(_NEGATIVE)), len(lines))
    recalled.take("prompt", "\n".join(lines[:at]))
    recalled.take("negative_prompt", "\n".join(lines[at:]).strip().removeprefix(_NEGATIVE))
    for name, quoted in pairs:
        value = _unquoted(quoted.strip())
        if name in NAMES:
            recalled.take(NAMES[name], value, name)
        elif name not in QUIET:
            recalled.note(name, value)
    return recalled


def _unquoted(value: str) -> str:
    if not value.startswith('"'):
        return value
    try:
        return str(json.loads(value))
    except ValueError:
        return value
