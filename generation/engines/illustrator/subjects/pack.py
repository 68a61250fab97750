"""Figures from the art pack: coloured as asked and shaded by the scene's light."""

import numpy as np
from PIL import Image, ImageFilter

from generation.engines.illustrator import art
from generation.engines.illustrator.canvas import Array, Colour, from_image, luminance
from generation.engines.illustrator.drawing import Light

GREYISH = 0.12  # a colour with less difference between its channels has no hue to turn to


def drawn(name: str, height: int, named: Colour | None, light: Light) -> tuple[Array, Array]:
    """Pixels and alpha of a thing of the pack, in a named colour or its own."""
    image = art.picture(name, height)
    pixels, alpha = from_image(image.convert("RGB")).copy(), from_image(image.getchannel("A"), "L")
    if named is not None:
        pixels = recoloured(pixels, alpha, np.asarray(named, np.float32))
    return lit(pixels, alpha, light), alpha


def recoloured(pixels: Array, alpha: Array, named: Array) -> Array:
    """Turn the main hue to the named colour; white, black and grey change what is not outline."""
    grey = luminance(pixels)
    spread = pixels.max(-1) - pixels.min(-1)
    if float(named.max() - named.min()) < GREYISH:
        toned = named * np.clip(grey / max(float(np.median(grey[alpha > 0.5])), 0.2), 0.25, 1.6)[..., None]
        return np.asarray(pixels + (np.clip(toned, 0, 1) - pixels) * np.clip(spread * 6, 0, 0.95)[..., None])
    hue, _, value = np.moveaxis(np.asarray(Image.fromarray((pixels * 255).astype(np.uint8)).convert("HSV")), -1, 0)
    heavy = np.bincount(hue.ravel(), weights=(spread * alpha).ravel(), minlength=256)
    wide = np.convolve(np.concatenate([heavy[-12:], heavy, heavy[:12]]), np.ones(25), "valid")
    main = int(wide.argmax())
    near = np.abs((hue.astype(int) - main + 128) % 256 - 128) < 34
    tone = named * (value / 255 / max(float(np.median(value[near & (alpha > 0.5)]) / 255), 0.2))[..., None]
    mask = np.clip(spread * 3, 0, 1) * near
    soft = np.asarray(Image.fromarray((mask * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(1)), np.float32)
    return np.asarray(pixels + (np.clip(tone, 0, 1) - pixels) * (soft / 255)[..., None])


def lit(pixels: Array, alpha: Array, light: Light) -> Array:
    """Brighten the flank that faces the light and darken the other, as if the whole were round."""
    reach = max(min(alpha.shape) * 0.12, 1)
    padded = Image.fromarray((np.pad(alpha, 2) * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(reach))
    swell = np.asarray(padded, np.float32)[2:-2, 2:-2] * (reach / 255)
    down, across = np.gradient(swell)
    facing = np.clip((-across * light.side + down * 0.6) * 1.3, -1, 1)
    bright = pixels + (light.bright - pixels) * (np.maximum(facing, 0) * 0.3)[..., None]
    return np.asarray(bright * (1 - (1 - light.shade) * (np.maximum(-facing, 0) * 0.8)[..., None]))
