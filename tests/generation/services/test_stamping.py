"""What is stored says how it was made; what it says is the truth of the row."""

from io import BytesIO

import pytest
from PIL import Image as Picture

from accounts.models import User
from generation import storage
from generation.models import Image
from tests.factories import make_engine, submit_job
from tests.generation.drains import drain

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_stored_picture_says_how_it_was_made(carol: User) -> None:
    make_engine(settings={"seconds": 0.05})
    submit_job(carol, "日落海边的小猫", seed=42, steps=5, guidance=7, negative_prompt="rain")
    drain()
    image = Image.objects.get()
    data = storage.read(image.file_name)
    with Picture.open(BytesIO(data)) as opened:
        assert opened.info["parameters"] == (
            "日落海边的小猫\nNegative prompt: rain\n"
            "Steps: 5, CFG scale: 7, Seed: 42, Size: 64x64, Engine: simulated, Version: imagegen"
        )
        assert "digitalsourcetype/algorithmicMedia" in opened.info["xmp"].decode()
    assert image.bytes == len(data)
