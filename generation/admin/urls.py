"""Pages of the admin that are not about rows of one table; they stand before Django's own."""

from django.contrib import admin
from django.urls import path

from accounts.admin.mail_test import mail_test
from generation.admin.dashboard import dashboard, queue

urlpatterns = [
    path("", admin.site.admin_view(dashboard)),  # in the place of Django's `admin:index`
    path("queue/", admin.site.admin_view(queue), name="admin_queue"),
    path("mail-test/", admin.site.admin_view(mail_test), name="admin_mail_test"),
]
