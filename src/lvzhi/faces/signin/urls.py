"""Signing in and out, and what belongs to one's account; included at the root."""

from __future__ import annotations

from django.urls import path

from lvzhi.faces.signin.views import account, entry, phone, reset

urlpatterns = [
    path("signin/", entry.sign_in, name="signin"),
    path("signin/code", entry.code, name="signin-code"),
    path("signin/enrol", entry.enrol, name="signin-enrol"),
    path("signin/phone", phone.ask, name="signin-phone"),
    path("signin/phone/code", phone.code, name="signin-phone-code"),
    path("signout", entry.sign_out, name="signout"),
    path("account/", account.page, name="account"),
    path("account/devices/others/end", account.end_others, name="account-devices-end"),
    path("account/devices/<uuid:key>/end", account.end_device, name="account-device-end"),
    path("account/password", account.password, name="account-password"),
    path("account/totp", account.totp, name="account-totp"),
    path("password/reset", reset.ask, name="password-reset"),
    path("password/reset/sent", reset.sent, name="password-reset-sent"),
    path("password/reset/<uidb64>/<token>", reset.Confirm.as_view(), name="password-reset-confirm"),
    path("password/reset/done", reset.done, name="password-reset-done"),
]
