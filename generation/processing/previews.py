"""What a recipe does, on a smaller picture: the same operations, with everything that counts pixels scaled."""

from collections.abc import Sequence

from generation.processing.convert import Convert
from generation.processing.operations import Size
from generation.processing.recipes import Recipe, sizes_after
from generation.processing.shape import Resize

SHOWN = 768  # pixels of the longest side that is shown
LARGEST = 2048  # of the longest side on the way there, so that a small cut is still sharp


def preview_of(recipe: Recipe, size: Size) -> tuple[Recipe, Size]:
    """Give the recipe that shows what this one does to a picture of this size, and the size that it begins with.

    Everything but a size in pixels is relative, so each stretch from one such size to the next has a scale of its own.
    """
    sizes = [size, *sizes_after(recipe, size)]
    begins = [0, *(index + 1 for index, operation in enumerate(recipe) if isinstance(operation, Resize))]
    stretches = [sizes[begin:end] for begin, end in zip(begins, [*begins[1:], len(sizes)], strict=True)]
    factors = _factors(stretches)
    start = max(1, round(size[0] * factors[0])), max(1, round(size[1] * factors[0]))
    scales = iter(factors[1:])
    scaled = (each.scaled(next(scales)) if isinstance(each, Resize) else each for each in recipe)
    begin = Resize(width=start[0], height=start[1], fit="exact")
    return (begin, *scaled, Convert(format="webp", quality=80)), start


def frame_of(recipe: Recipe) -> Recipe:
    """Give the steps that cut, turn and frame, for a picture to lie beside the result; none where there are no others.

    Where a recipe does nothing else, what it does is seen beside the whole picture.
    """
    changes = any(each.group not in ("shape", "file") for each in recipe)
    return tuple(each for each in recipe if each.group == "shape") if changes else ()


def _factors(stretches: Sequence[Sequence[Size]]) -> list[float]:
    """Give the scale of each stretch: as large as the next one needs it, and the last as large as it is shown."""
    needed = SHOWN / max(stretches[-1][-1])
    factors: list[float] = []
    for number in reversed(range(len(stretches))):
        factor = min(1.0, needed, LARGEST / max(max(size) for size in stretches[number]))
        factors.insert(0, factor)
        if number:
            (width, height), (wide, high) = stretches[number - 1][-1], stretches[number][0]
            needed = factor * max(wide / width, high / height)
    return factors
