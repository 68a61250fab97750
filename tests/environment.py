"""Set Django up for tests, on a data folder of this process alone; settings are read at the first import."""

import atexit
import os
import tempfile
from pathlib import Path

import django

_folder = tempfile.TemporaryDirectory(prefix="imagegen-test-")
atexit.register(_folder.cleanup)
DATA_DIR = Path(_folder.name)
(DATA_DIR / "static").mkdir()  # WhiteNoise warns about a folder that is not there; pages name files uncollected

for name in ("REDIS_URL", "EMAIL_URL", "DEBUG", "HTTPS"):
    os.environ.pop(name, None)
os.environ.update(
    DJANGO_SETTINGS_MODULE="imagegen.settings",
    DATA_DIR=str(DATA_DIR),
    SECRET_KEY="for tests alone",
    SIMULATED_ENGINE="1",
)
django.setup()
# pytest-xdist's workers inherit the environment; by this name pytest-django would read the settings in them before
# they come here, and they would all share one data folder and one Valkey.
del os.environ["DJANGO_SETTINGS_MODULE"]
