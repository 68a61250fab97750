"""Where daphne comes in: pages and the API go to Django, websockets to their consumers."""

import os

import django
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.sessions import CookieMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imagegen.settings")
django.setup(set_prefix=False)

# Models can be imported from here on.
from generation.routing import websocket_urlpatterns  # noqa: E402
from imagegen.threads import ThreadedHandler  # noqa: E402

# Who may connect is decided by the consumer: a session needs an Origin of ours, a bearer token has none.
application = ProtocolTypeRouter(
    {"http": ThreadedHandler(), "websocket": CookieMiddleware(URLRouter(websocket_urlpatterns))}
)
