"""Draw the small pictures beside the names of the styles: `python -m bench.style_thumbs`. Commit what it writes."""

from io import BytesIO

from PIL import Image

from bench.sheets import PHOTOS
from generation.processing.pictures import encode, open_picture
from generation.processing.recipes import read_recipe, run_recipe
from generation.processing.style import STYLES

FOLDER = PHOTOS.parents[1] / "static" / "img" / "styles"
BOX = (128, 22, 384, 278)  # of the cat: its face
SIDE = 128  # pixels, for 64 on a sharp screen


def main() -> None:
    """Write one WebP a style."""
    FOLDER.mkdir(exist_ok=True)
    photo = open_picture((PHOTOS / "chelsea.png").read_bytes())
    face = encode(photo.crop(BOX).resize((512, 512), Image.Resampling.LANCZOS))
    for style in STYLES:
        painted = open_picture(run_recipe(face, read_recipe([{"op": "style", "style": style}])).data)
        small = BytesIO()
        painted.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(small, "WEBP", quality=62, method=6)
        (FOLDER / f"{style}.webp").write_bytes(small.getvalue())


if __name__ == "__main__":
    main()
