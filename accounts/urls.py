"""Addresses of the pages about a member; allauth's own stand under /accounts/."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/preferences/", views.preferences, name="preferences"),
    path("account/notices/", views.notices, name="notices"),
    path("account/ways-on/", views.ways_on, name="ways_on"),
    path("account/tokens/", views.create_token, name="create_token"),
    path("account/tokens/<int:pk>/revoke/", views.revoke_token, name="revoke_token"),
    path("account/announcements/<int:pk>/dismiss/", views.dismiss_announcement, name="dismiss_announcement"),
    path("invitation/<str:secret>/", views.invitation, name="invitation"),
    path("plans/", views.plans, name="plans"),
    path("first-admin/<str:secret>/", views.first_admin, name="first_admin"),
]
