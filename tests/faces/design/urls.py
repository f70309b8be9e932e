"""The addresses of the look alone, so that these tests stand without the other faces."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("公布以前只有组成人员能看")


urlpatterns = [
    path("design/", include("lvzhi.faces.design.urls")),
    path("broken", broken),
    path("refused", refused),
]
handler400 = "lvzhi.faces.design.views.bad_request"
handler403 = "lvzhi.faces.design.views.permission_denied"
handler404 = "lvzhi.faces.design.views.page_not_found"
handler500 = "lvzhi.faces.design.views.server_error"
