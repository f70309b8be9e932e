"""Noting that a signed-in device is in use."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lvzhi.faces.signin import devices
from lvzhi.faces.signin.clock import now


class DeviceMiddleware:
    """Writes when a device was last seen, every ten minutes at most, where the session was read anyway."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.session.accessed and request.session.session_key:
            devices.touch(request, at=now())
        return response
