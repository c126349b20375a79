"""Addresses of the review pages."""

from django.urls import path

from kb.admin.review import views

app_name = "review"
urlpatterns = [
    path("", views.queue_page, name="queue"),
    path("ahead/", views.ahead, name="ahead"),
    path("undo/", views.undo_last, name="undo"),
    path("<int:pk>/", views.doubt_page, name="doubt"),
    path("<int:pk>/same/", views.case_page, name="case"),
]
