"""How static files are named, and when they are collected."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class ManifestStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """Put a hash of the content into every name, in the imports between our ES modules too, and compress what is text.

    WhiteNoise then sends the compressed file beside the other.
    """

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """Give a file's name with its hash; its own name where nothing was collected (tests, development)."""
        return super().stored_name(name) if self.hashed_files else name


def collect_static() -> bool:
    """Collect the static files unless those collected last are the same; tells whether it did.

    Names of an older version stay, for a page that is still open asks for them.
    """
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    sources = _fingerprint()
    if stamp.exists() and stamp.read_text() == sources:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(sources)
    return True


def _fingerprint() -> str:
    files = [Path(__file__)]  # how they are collected
    files += [Path(place.path(name)) for finder in get_finders() for name, place in finder.list([])]
    known = sorted((str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files)
    return hashlib.sha256(repr(known).encode()).hexdigest()
