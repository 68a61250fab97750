"""How static files are named when they are collected."""

from django.contrib.staticfiles import storage


class ManifestStaticFilesStorage(storage.ManifestStaticFilesStorage):
    """Put a hash of the content into every name, in the imports between our ES modules too."""

    support_js_module_import_aggregation = True
    manifest_strict = False  # a file that is not collected (tests, development) keeps its own name
