"""The light of each time of day: a few alternatives each, of which the seed takes one."""

from dataclasses import dataclass, replace

from generation.engines.illustrator.canvas import Array, colour, mix


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one kind of light; `ambient` and `shade` are factors, the others are seen as they are."""

    sky: tuple[Array, Array, Array, Array]  # from the zenith to the horizon
    sun: Array
    cloud_bright: Array
    cloud_shade: Array
    water: Array
    ambient: Array  # what white looks like in this light
    shade: Array  # what white looks like turned away from it

    @property
    def haze(self) -> Array:
        """What far things fade into."""
        return mix(self.sky[3], self.sky[2], 0.45)


def _palette(sky: str, sun: str, clouds: str, water: str, light: str) -> Palette:
    zenith, high, low, horizon = map(colour, sky.split())
    bright, dark = map(colour, clouds.split())
    ambient, shade = map(colour, light.split())
    return Palette((zenith, high, low, horizon), colour(sun), bright, dark, colour(water), ambient, shade)


PALETTES = {
    "sunrise": (
        _palette("#5d9bd0 #a9bfdf #ffc9b4 #ffe8c4", "#fff3d6", "#ffe6d8 #b9a9c9", "#4b7fa6", "#fff0e2 #8f86b4"),
        _palette("#7a8fd0 #c3b2dc #ffc0c0 #fff0d0", "#fff6dc", "#fff0e6 #c0a6cc", "#5f86b8", "#fff0ea #9484b6"),
        _palette("#4aa0b8 #9ccfd0 #fbdcae #fff3cf", "#fff8dc", "#fff2dc #a8b6c0", "#3f8a96", "#fff4e0 #8494ac"),
    ),
    "day": (
        _palette("#2576c9 #529fe0 #a0d2f2 #e2f3f8", "#fffbe6", "#ffffff #b4c8e0", "#1f6fa5", "#ffffff #8a9cc4"),
        _palette("#2a8cc4 #6cbfdc #b6e2e6 #f2f6e6", "#fffbe0", "#ffffff #b8ccd6", "#2a8a9c", "#fffef4 #8aa4b8"),
        _palette("#4a86d8 #86b4ec #c4dcf6 #f6efe6", "#fff6de", "#ffffff #c2c6e2", "#3a78b4", "#fffaf4 #9098c6"),
    ),
    "sunset": (
        _palette("#33356f #84508f #f08064 #ffd084", "#fff0b8", "#ffb088 #6a4a84", "#3a4478", "#ffd2aa #6a548e"),
        _palette("#24457e #6d74a8 #f2a27a #ffe0a0", "#fff4c4", "#ffc79c #5f668e", "#2f5682", "#ffdcb4 #5c6494"),
        _palette("#4d3277 #c05a8a #ff9a78 #ffdca0", "#fff2c8", "#ffb49c #8a4c86", "#54457f", "#ffd0b4 #74508c"),
    ),
    "night": (
        _palette("#060b24 #0f1d47 #1f3a6e #4a6c9c", "#f4f0da", "#5a6c9a #1a2850", "#0c2148", "#8494c8 #3a4880"),
        _palette("#0d0a2a #241a52 #4a3478 #80609e", "#fbeede", "#6e5c98 #241c4c", "#1c1a4c", "#9a8cc8 #44407c"),
        _palette("#041a26 #0a3046 #1c5468 #4f8c94", "#f2f6e2", "#4f8490 #0e2e40", "#083446", "#80aeba #305a70"),
    ),
}


def dulled(palette: Palette, grey: Array, amount: float) -> Palette:
    """The same light under a closed cover of cloud."""
    veil = grey * palette.ambient
    zenith, high, low, horizon = (
        mix(tone, veil * factor, amount) for tone, factor in zip(palette.sky, (0.72, 0.85, 0.98, 1.08), strict=True)
    )
    return replace(
        palette,
        sky=(zenith, high, low, horizon),
        sun=mix(palette.sun, veil, amount * 0.6),
        cloud_bright=mix(palette.cloud_bright, veil, amount),
        cloud_shade=mix(palette.cloud_shade, veil * 0.7, amount),
        water=mix(palette.water, veil * 0.55, amount * 0.8),
        ambient=mix(palette.ambient, palette.ambient * 0.88, amount),
    )
