"""What a recipe does, on a smaller picture: the same operations, with everything that counts pixels scaled."""

from generation.processing.convert import Convert
from generation.processing.operations import Size
from generation.processing.recipes import Recipe, sizes_after
from generation.processing.shape import Resize

SHOWN = 768  # pixels of the longest side that is shown
LARGEST = 1536  # of the longest side on the way there


def preview_of(recipe: Recipe, size: Size) -> tuple[Recipe, Size]:
    """Give the recipe that shows what this one does to a picture of this size, and the size that it begins with."""
    sizes = [size, *sizes_after(recipe, size)]
    factor = min(1.0, SHOWN / max(sizes[-1]), LARGEST / max(max(each) for each in sizes))
    start = max(1, round(size[0] * factor)), max(1, round(size[1] * factor))
    begin = Resize(width=start[0], height=start[1], fit="exact")
    end = Convert(format="webp", quality=80)
    return (begin, *(operation.scaled(factor) for operation in recipe), end), start
