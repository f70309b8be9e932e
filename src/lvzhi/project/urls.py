"""Every address of the platform."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("design/", include("lvzhi.faces.design.urls")),
    path("", include("lvzhi.faces.signin.urls")),
    path("desk/", include("lvzhi.faces.desk.urls")),
    path("pocket/", include("lvzhi.faces.pocket.urls")),
    path("api/", include("lvzhi.faces.api.urls")),
    path("", include("lvzhi.faces.api.laws.addresses")),
    path("", include("lvzhi.faces.portal.urls")),
]

handler400 = "lvzhi.faces.design.views.bad_request"
handler403 = "lvzhi.faces.design.views.permission_denied"
handler404 = "lvzhi.faces.design.views.page_not_found"
handler500 = "lvzhi.faces.design.views.server_error"
