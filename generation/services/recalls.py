"""Settings out of a picture file, fitted to what the member may use here; what had to give way is said in words."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings as site
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.exceptions import FieldError
from accounts.models import Entitlements, User
from accounts.services.plans import entitlements_of
from generation.engines.base import Capabilities
from generation.exceptions import Invalid
from generation.models import Job
from generation.processing.recalling import Recalled, Setting, recall
from generation.services.engines import AbleEngine, engines_for
from generation.services.gate import OPTIONAL, PROMPT_LENGTH, TITLE_LENGTH
from generation.services.uploads import SENTENCES

FREE = ("prompt",)  # what every plan and every engine has
LENGTHS = {"prompt": PROMPT_LENGTH, "negative_prompt": PROMPT_LENGTH, "title": TITLE_LENGTH}
CHOICES = {"model": "models", "sampler": "samplers", "style": "styles"}  # our name, and that of the engine's list


@dataclass(frozen=True, slots=True)
class Fitted:
    """What the form may be filled with; `notes` say what is different from the file, or was left out."""

    source: str
    settings: dict[str, Setting] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def recall_settings(member: User, data: bytes, *, engine: str = "") -> Fitted:
    """Read how a picture was made; `engine` is the one the member has chosen. Raises `Invalid` naming `file`."""
    if len(data) > site.UPLOAD_MAX_BYTES:
        sentence = SENTENCES["too_large"] % {"megabytes": site.UPLOAD_MAX_BYTES // 1_000_000}
        raise Invalid(errors=[FieldError("file", sentence)])
    found = recall(data)
    if found is None:
        sentence = _("This file does not say how it was made. Choose a picture as your tool saved it.")
        raise Invalid(errors=[FieldError("file", sentence)])
    allowed = entitlements_of(member)
    return fit(found, allowed, engines_for(allowed), chosen=engine)


def fit(found: Recalled, allowed: Entitlements, able: list[AbleEngine], *, chosen: str = "") -> Fitted:
    """Keep what can be used here, move what is out of bounds, and name the rest."""
    fitted = Fitted(found.source)
    can = _engine(found, fitted, allowed, able, chosen)
    for name in (*FREE, *OPTIONAL):
        value = found.settings.get(name)
        if value is None:
            continue
        if name in OPTIONAL and not allowed.allows_parameter(name):
            fitted.notes.append(_("%(name)s: your plan does not include it.") % {"name": _label(name)})
        elif name in OPTIONAL and not _has(can, name):
            fitted.notes.append(_("%(name)s: the engine does not have it.") % {"name": _label(name)})
        else:
            _keep(fitted, name, value, can)
    _keep_size(found, fitted, allowed, can)
    if found.unknown:
        named = ", ".join(f"{called}: {value}" for called, value in found.unknown.items())
        fitted.notes.append(_("Not used: %(names)s") % {"names": named})
    return fitted


def _engine(
    found: Recalled, fitted: Fitted, allowed: Entitlements, able: list[AbleEngine], chosen: str
) -> Capabilities:
    """Give what the engine can do that will get the work: the one of the file, the chosen one, or the fittest."""
    named = str(found.settings.get("engine", ""))
    by_slug = {engine.slug: can for engine, can in able}
    if named in by_slug:
        fitted.settings["engine"] = named
        return by_slug[named]
    if named:
        fitted.notes.append(_("The engine “%(name)s” is not open to you.") % {"name": named[:60]})
    if chosen in by_slug:
        return by_slug[chosen]
    if not able:
        return Capabilities()
    # Where the choice is open the first one gets the work, which may lack what the picture was made with.
    fittest = max(able, key=lambda each: sum(_has(each[1], name) for name in OPTIONAL if name in found.settings))
    if fittest is able[0] or not allowed.allows_parameter("engine"):
        return able[0][1]
    fitted.settings["engine"] = fittest[0].slug
    fitted.notes.append(_("Engine: %(name)s, for it has these settings.") % {"name": _(fittest[0].name)})
    return fittest[1]


def _has(can: Capabilities, name: str) -> bool:
    return name != "mask" and bool(getattr(can, CHOICES.get(name, name)))


def _keep(fitted: Fitted, name: str, value: Setting, can: Capabilities) -> None:
    if name in CHOICES:
        offered = getattr(can, CHOICES[name])
        same: Callable[[str], str] = _plain_sampler if name == "sampler" else _plain_name
        match = next((choice for choice in offered if same(choice) == same(str(value))), None)
        if match is None:
            named = {"name": _label(name), "value": str(value)[:60]}
            fitted.notes.append(_("%(name)s “%(value)s” is not offered here.") % named)
        else:
            fitted.settings[name] = match
    elif isinstance(value, str):
        if len(value) > LENGTHS[name]:
            words: dict[str, object] = {"name": _label(name), "most": LENGTHS[name]}
            fitted.notes.append(_("%(name)s: cut to %(most)s characters.") % words)
        fitted.settings[name] = value[: LENGTHS[name]]
    elif name != "seed" or value >= 0:  # a seed of −1 means: any
        _keep_number(fitted, name, value, can)


def _keep_number(fitted: Fitted, name: str, value: int | float, can: Capabilities) -> None:
    bounds: dict[str, tuple[float, float]] = {
        "seed": (0, 2**63 - 1),
        "guidance": (0, 30),
        "strength": (0, 1),
        "steps": can.steps or (1, 1),
    }
    low, high = bounds[name]
    kept = min(max(value, low), high)
    if kept != value:
        words = {"name": _label(name), "value": str(value)[:20], "kept": f"{kept:,}" if name == "seed" else f"{kept:g}"}
        fitted.notes.append(_("%(name)s: %(kept)s instead of %(value)s, the limit here.") % words)
    fitted.settings[name] = kept


def _keep_size(found: Recalled, fitted: Fitted, allowed: Entitlements, can: Capabilities) -> None:
    """Shrink or enlarge to what plan and engine allow; the proportions stay as far as the engine's steps let them."""
    width, height = (found.settings.get(side) for side in ("width", "height"))
    if not isinstance(width, int) or not isinstance(height, int) or not (0 < width < 10**6 and 0 < height < 10**6):
        return
    rule = can.size
    most = min(rule.maximum, allowed.max_side)
    pixels = min(rule.max_pixels or allowed.max_pixels, allowed.max_pixels)
    scale = max(1.0, rule.minimum / min(width, height))
    scale = min(scale, most / max(width, height), math.sqrt(pixels / (width * height)))
    kept = [
        max(math.ceil(rule.minimum / rule.multiple), int(side * scale) // rule.multiple) * rule.multiple
        for side in (width, height)
    ]
    if kept != [width, height]:
        words = {"kept": f"{kept[0]} × {kept[1]}", "value": f"{width} × {height}"}
        fitted.notes.append(_("Size: %(kept)s instead of %(value)s, as plan and engine allow.") % words)
    fitted.settings.update(width=kept[0], height=kept[1])


def _label(name: str) -> str:
    return str(capfirst(Job._meta.get_field(name).verbose_name))  # type: ignore[union-attr]  # no relation among them


def _plain_name(name: str) -> str:
    """Give what is the same in two spellings of a model: neither folder nor file ending nor punctuation."""
    stem = re.split(r"[/\\]", name)[-1].removesuffix(".safetensors").removesuffix(".ckpt")
    return "".join(re.findall(r"\w", stem.lower()))


def _plain_sampler(name: str) -> str:
    """Give what is the same in two spellings of a sampler: `DPM++ 2M Karras`, `dpmpp_2m`, `k_dpmpp_2m`."""
    words = re.findall(r"[a-z0-9]+", name.lower().replace("++", "pp"))
    kept = ("ancestral" if word == "a" else word for word in words if word not in ("k", "karras", "gpu"))
    return "".join(kept)
