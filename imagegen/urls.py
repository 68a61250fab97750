"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path

from generation.api.root import api
from imagegen.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", include("generation.admin.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", api.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("generation.urls")),
]
