"""Where daphne comes in: pages and the API go to Django, websockets to the consumers."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.sessions import CookieMiddleware
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imagegen.settings")
http = get_asgi_application()  # sets Django up, so the consumers come after it

from generation.routing import websocket_urlpatterns  # noqa: E402

# The consumer itself checks who is there: a program has a token, a page has a session and an origin.
application = ProtocolTypeRouter({"http": http, "websocket": CookieMiddleware(URLRouter(websocket_urlpatterns))})
