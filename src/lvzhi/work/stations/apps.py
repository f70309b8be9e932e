"""Stations as a Django application."""

from django.apps import AppConfig


class StationsConfig(AppConfig):
    """Deputies' stations and the month in which they meet their voters."""

    name = "lvzhi.work.stations"
    label = "stations"
