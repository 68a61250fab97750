"""Where daphne comes in: pages and the API go to Django, websockets to their consumers."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.sessions import CookieMiddleware
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imagegen.settings")
django_application = get_asgi_application()

from generation.routing import websocket_urlpatterns  # noqa: E402  models can be imported from here on

# Who may connect is decided by the consumer: a session needs an Origin of ours, a bearer token has none.
application = ProtocolTypeRouter(
    {"http": django_application, "websocket": CookieMiddleware(URLRouter(websocket_urlpatterns))}
)
