"""How the API describes itself: OpenAPI with the refusals, and a page that shows it under our strict CSP."""

import json
from http.client import responses
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase
from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.operation import Operation

from generation.api.problems import MEDIA_TYPE
from generation.api.schemas import Problem


def refusals(*statuses: int) -> dict[str, Any]:
    """Document with which problems an operation answers."""
    content = {MEDIA_TYPE: {"schema": {"$ref": REF_TEMPLATE.format(model="Problem")}}}
    return {
        "responses": {
            status: {"description": responses[status], "content": content} for status in sorted({401, *statuses})
        }
    }


def picture(*media_types: str) -> dict[str, Any]:
    """Document an operation that answers with a file."""
    content = {name: {"schema": {"type": "string", "format": "binary"}} for name in media_types}
    answers = {200: {"description": "The file.", "content": content}, 304: {"description": responses[304]}}
    return {"responses": answers | refusals(404, 422)["responses"]}


class DocumentedAPI(NinjaAPI):
    """Knows the schema of problems, and names operations by their functions alone."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Give the name by which generated clients call an operation."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Add what ninja does not find by itself, for it stands in no signature."""
        schema = super().get_openapi_schema(**options)
        problem = Problem.model_json_schema(ref_template=REF_TEMPLATE)
        schema["components"]["schemas"] |= {**problem.pop("$defs"), "Problem": problem}
        return schema


class DocsPage(DocsBase):
    """Swagger UI, as ninja brings it, on a page of ours."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Show it; nothing on the page is inline script or style."""
        settings = {"url": self.get_openapi_url(api, kwargs), "layout": "BaseLayout", "deepLinking": True}
        return render(request, "generation/api_docs.html", {"api": api, "settings": json.dumps(settings)})
