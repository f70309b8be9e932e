"""The forms of signing in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lvzhi.records.people.models import Account

if TYPE_CHECKING:
    _SetPassword = SetPasswordForm[Account]
else:
    _SetPassword = SetPasswordForm

PHONE = re.compile(r"1[3-9]\d{9}")
_PASSWORD_HELP = gettext_lazy("至少 10 个字符。不要用常见的密码，也不要和用户名、姓名相像。")


def _secret(word: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": word})


class SignIn(forms.Form):
    """Username and password."""

    username = forms.CharField(
        label=gettext_lazy("用户名"), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("请填写用户名")},
    )  # fmt: skip
    password = forms.CharField(
        label=gettext_lazy("密码"), max_length=200, strip=False, widget=_secret("current-password"),
        error_messages={"required": gettext_lazy("请填写密码")},
    )  # fmt: skip


class Code(forms.Form):
    """Six digits of the app, or a recovery code where the page allows one."""

    code = forms.CharField(
        label=gettext_lazy("动态码"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("请填写动态码")},
    )  # fmt: skip

    def clean_code(self) -> str:
        """Without the blanks people copy along."""
        return re.sub(r"\s", "", self.cleaned_data["code"])


class Phone(forms.Form):
    """A mainland mobile number."""

    phone = forms.CharField(
        label=gettext_lazy("手机号"), max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel-national", "inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("请填写手机号")},
    )  # fmt: skip

    def clean_phone(self) -> str:
        """Eleven digits; blanks, hyphens and the country code are taken off."""
        phone = re.sub(r"[\s-]|^\+?86(?=\s*1\d{2})", "", self.cleaned_data["phone"])
        if not phone.isascii() or not phone.isdigit():
            raise ValidationError(_("手机号只有数字，请去掉别的字"))
        if len(phone) != 11:
            raise ValidationError(_("手机号是 11 位，现在有 %(n)s 位") % {"n": len(phone)})
        if not PHONE.fullmatch(phone):
            raise ValidationError(_("手机号以 13 至 19 开头，请再核对"))
        return phone


class PhoneCode(forms.Form):
    """The six digits of the text message."""

    code = forms.CharField(
        label=gettext_lazy("短信验证码"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("请填写短信里的 6 位数字")},
    )  # fmt: skip

    def clean_code(self) -> str:
        """Without the blanks people copy along."""
        return re.sub(r"\s", "", self.cleaned_data["code"])


class Email(forms.Form):
    """The address a link for a new password goes to."""

    email = forms.EmailField(
        label=gettext_lazy("电子邮箱"), max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("请填写电子邮箱"),
            "invalid": gettext_lazy("电子邮箱要写成「名字@单位域名」的样子"),
        },
    )  # fmt: skip


class NewPassword(_SetPassword):
    """A new password, twice."""

    new_password1 = forms.CharField(
        label=gettext_lazy("新密码"), max_length=200, strip=False, widget=_secret("new-password"),
        help_text=_PASSWORD_HELP, error_messages={"required": gettext_lazy("请填写新密码")},
    )  # fmt: skip
    new_password2 = forms.CharField(
        label=gettext_lazy("再写一遍新密码"), max_length=200, strip=False, widget=_secret("new-password"),
        error_messages={"required": gettext_lazy("请把新密码再写一遍")},
    )  # fmt: skip
    error_messages = {"password_mismatch": gettext_lazy("两遍写的不一样")}


class ChangePassword(NewPassword):
    """The present password, then a new one twice."""

    old_password = forms.CharField(
        label=gettext_lazy("现在的密码"), max_length=200, strip=False, widget=_secret("current-password"),
        error_messages={"required": gettext_lazy("请填写现在的密码")},
    )  # fmt: skip
    field_order = ["old_password", "new_password1", "new_password2"]

    def clean_old_password(self) -> str:
        """The right one."""
        old = str(self.cleaned_data["old_password"])
        if not self.user.check_password(old):
            raise ValidationError(_("现在的密码不对"))
        return old
