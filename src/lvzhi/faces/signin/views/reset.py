"""A new password by a one-time link."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lvzhi.faces.signin import devices, forms, letters, limits
from lvzhi.faces.signin.acting import congress_of
from lvzhi.faces.signin.address import network_of
from lvzhi.faces.signin.clock import now
from lvzhi.records.people.models import Account

HOUR = timedelta(hours=1)
PER_ADDRESS = 3
PER_NETWORK = 30


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the address; the answer is the same whether or not there is an account."""
    form = forms.Email(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email, at = form.cleaned_data["email"], now()
        tried = limits.attempt(f"reset:{network_of(request)}", limit=PER_NETWORK, window=HOUR, now=at)
        if tried.allowed:
            # Above its own limit an address gets no further letters, and the page says nothing else.
            if limits.allow(f"reset:{email.casefold()}", limit=PER_ADDRESS, window=HOUR, now=at):
                base = request.build_absolute_uri("/").rstrip("/")
                letters.ask(email, congress=congress_of(request), base=base, at=at)
            return redirect("password-reset-sent")
        form.add_error(None, _("要得太多了，请 %(n)s 分钟后再来") % {"n": tried.minutes})
    return render(request, "signin/reset.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """Say what was done."""
    return render(request, "signin/reset_sent.html")


@require_GET
def done(request: HttpRequest) -> HttpResponse:
    """Say that the new password counts."""
    return render(request, "signin/reset_done.html")


class Confirm(PasswordResetConfirmView):
    """Set the new password; every device of the account is signed out."""

    form_class = forms.NewPassword
    template_name = "signin/reset_confirm.html"
    success_url = reverse_lazy("password-reset-done")

    def form_valid(self, form: SetPasswordForm[Account]) -> HttpResponse:
        """Save, and end all sessions."""
        answer = super().form_valid(form)
        devices.end_others(form.user, keep=None)
        return answer
