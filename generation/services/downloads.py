"""Pictures on their way to the member's own disk: their names for people, and many in one archive."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.text import slugify
from zipstream import ZipStream

from generation import storage
from generation.models import Image
from generation.services.delivery import Mark, deliver


def readable_name(image: Image) -> str:
    """Name a picture for people: prompt, number of the task, number of the picture. Its job must be fetched."""
    words = slugify(image.job.prompt, allow_unicode=True)[:60].strip("-_") or "picture"
    return f"{words}_{image.job.number}_{image.index + 1}.{image.format}"


def archive_of(images: Iterable[Image], mark: Mark | None) -> ZipStream:
    """Pack finished images, with their jobs, uncompressed; its bytes are read, and marked, as they are sent.

    Without a marked picture its `len()` is exact, with one only the last byte tells. A picture whose file is gone is
    left out. Raises FileNotFoundError where none is left.
    """
    deliveries = [(image, deliver(image, mark)) for image in images]
    archive = ZipStream(sized=not any(delivery.mark for _image, delivery in deliveries))
    for image, delivery in deliveries:
        try:
            size = storage.size(image.file_name)
        except FileNotFoundError:
            continue
        archive.add(delivery.chunks(), readable_name(image), size=None if delivery.mark else size)
    if not archive.num_queued():
        raise FileNotFoundError
    return archive


def archive_name(now: datetime | None = None) -> str:
    """Name an archive after the moment it is made."""
    return f"imagegen_{now or timezone.localtime():%Y-%m-%d_%H-%M-%S}.zip"
