"""Text goes compressed, pictures as they are."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from imagegen.compression import TextCompressionMiddleware

WORDS = b"a kitten by the sea " * 50


@pytest.mark.parametrize(
    ("kind", "compressed"), [("text/html; charset=utf-8", True), ("application/json", True), ("image/webp", False)]
)
def test_text_alone_is_compressed(rf: RequestFactory, kind: str, compressed: bool) -> None:
    middleware = TextCompressionMiddleware(lambda request: HttpResponse(WORDS, content_type=kind))
    answer = middleware(rf.get("/", headers={"accept-encoding": "gzip, deflate"}))
    assert isinstance(answer, HttpResponse)
    assert (answer.headers.get("Content-Encoding") == "gzip") is compressed
    assert (len(answer.content) < len(WORDS)) is compressed
