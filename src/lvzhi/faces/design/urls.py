"""The living style page, and the switch of how pages look."""

from __future__ import annotations

from django.urls import path

from lvzhi.faces.design import views

app_name = "design"
urlpatterns = [
    path("", views.guide, name="guide"),
    path("look", views.choose_look, name="look"),
]
