"""The only maker of file names, and the one door to stored pictures."""

import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from generation.processing.pictures import Renditions
from generation.processing.visible_mark import marked_extension

TEMPORARY = ".writing-"  # what the names of files begin with that are not complete yet
Prefix = Literal["generated_image", "img2img", "inpaint", "cover_image", "processed_image", "upload"]


class ExclusiveFileSystemStorage(FileSystemStorage):
    """Never write over a file, and never quietly choose another name."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Give back `name`. Raises FileExistsError where it is taken, also when somebody was faster."""
        if self.exists(name):
            raise FileExistsError(name)
        return name


def new_file_name(prefix: Prefix, extension: str) -> str:
    """Make a name nobody else has: `{prefix}_{nanoseconds}_{16 hex}.{ext}`."""
    return f"{prefix}_{time.time_ns()}_{secrets.token_hex(8)}.{extension}"


def thumbnail_name(file_name: str) -> str:
    """Name the small picture that belongs to `file_name`."""
    return f"thumbnails/{_stem(file_name)}.webp"


def display_name(file_name: str) -> str:
    """Name the picture of a screen's size that belongs to `file_name`."""
    return f"display/{_stem(file_name)}.webp"


def medium_name(file_name: str) -> str:
    """Name the picture of a phone's width that belongs to `file_name`; it can be made again at any time."""
    return f"medium/{_stem(file_name)}.webp"


def marked_name(file_name: str) -> str:
    """Name the copy of a file that bears a visible mark; it can be made again at any time."""
    return f"marked/{_stem(file_name)}.{marked_extension(file_name.rpartition('.')[2])}"


def exists(file_name: str) -> bool:
    """Tell whether a file is there."""
    return default_storage.exists(file_name)


def is_newer(file_name: str, moment: datetime) -> bool:
    """Tell whether a file is there and was written since then."""
    try:
        return default_storage.get_modified_time(file_name) >= moment
    except FileNotFoundError:
        return False


def write_whole(file_name: str, data: bytes) -> None:
    """Write a file that others may write or read at the same time: they see all of it or what was there before."""
    path = Path(default_storage.path(file_name))
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=TEMPORARY, delete=False) as file:
        file.write(data)
    os.chmod(file.name, 0o644)  # the proxy reads it, too
    os.replace(file.name, path)


def save(file_name: str, data: bytes) -> None:
    """Write a new file. Raises FileExistsError if there is one."""
    default_storage.save(file_name, ContentFile(data))


def read(file_name: str) -> bytes:
    """Give a file's bytes. Raises FileNotFoundError."""
    with default_storage.open(file_name) as file:
        data: bytes = file.read()
    return data


def size(file_name: str) -> int:
    """Give a file's length in bytes. Raises FileNotFoundError."""
    return default_storage.size(file_name)


def chunks(file_name: str) -> Iterator[bytes]:
    """Give a file's bytes piece by piece; it is opened when the first is asked for. Raises FileNotFoundError."""
    with default_storage.open(file_name) as file:
        yield from file.chunks()


def save_picture(file_name: str, data: bytes, renditions: Renditions) -> None:
    """Write a new picture with its renditions. Raises FileExistsError if there is one."""
    save(file_name, data)
    save(thumbnail_name(file_name), renditions.thumbnail)
    save(display_name(file_name), renditions.display)


def files_of(file_name: str) -> tuple[str, ...]:
    """Name every file that is kept with a picture: itself and the renditions that it was stored with."""
    return file_name, thumbnail_name(file_name), display_name(file_name)


def names_in(folder: str) -> Iterator[str]:
    """Name the files of a folder, from the root on; empty where there is none."""
    try:
        _folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}" if folder else name


def delete_file(file_name: str) -> None:
    """Delete one file alone; a missing one is fine."""
    default_storage.delete(file_name)


def delete(file_name: str) -> None:
    """Delete a picture, its renditions and the marked copies of all; a missing one is fine."""
    for name in (*files_of(file_name), medium_name(file_name)):
        default_storage.delete(name)
        default_storage.delete(marked_name(name))


def _stem(file_name: str) -> str:
    return file_name.rpartition(".")[0]
