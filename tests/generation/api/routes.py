"""Every route of the API, as it documents them itself."""

from uuid import uuid4

from generation.api.root import api

PATHS = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
ROUTES = [(method, path) for path, operations in PATHS.items() for method in operations]
BODIES = {"/api/v1/images/{image_id}/process": {"recipe": [{"op": "rotate", "angle": 90}]}}  # of those that need one
BY_ID = [(method, path) for method, path in ROUTES if "{" in path]


def fill(path: str, **ids: object) -> str:
    """Put ids into a path; those not given name nothing."""
    nothing = dict.fromkeys(("job_id", "image_id", "upload_id", "recipe_id", "grid_id"), uuid4())
    return path.format(**(nothing | ids))
