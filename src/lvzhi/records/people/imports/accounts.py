"""Planning the account on a row: who may sign in, and what an import may never change of it."""

from __future__ import annotations

import re

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from lvzhi.records.people.imports.columns import EMAIL, USERNAME
from lvzhi.records.people.imports.draft import Draft
from lvzhi.records.people.imports.facts import Facts
from lvzhi.records.people.imports.plan import Setting
from lvzhi.records.people.models import Account, Person

_USERNAME = re.compile(r"[-\w.@+]{1,60}", re.ASCII)


class AccountWork:
    """The accounts as they would be.

    Whoever sets an account's address can have its password sent there. So an account that exists is changed
    by an operator only, one that signs in to another congress by nobody, and an operator gets an account only
    from an operator.
    """

    def __init__(self, setting: Setting, facts: Facts) -> None:
        self.facts = facts
        self.by_operator = "operator" in setting.actor.roles
        self.made: list[Account] = []
        self.changed: list[Account] = []

    def plan(self, draft: Draft, person: Person, name: str) -> None:
        """Note what the row says of the account. An empty username makes no account."""
        username = self._username(draft)
        email = self._email(draft)
        account = person.account
        if account is None:
            self._make(draft, person, username, email, name)
            return
        before = len(draft.changes)
        draft.settle(USERNAME, account.username, username or account.username)
        draft.settle(EMAIL, account.email, email or account.email)
        changes = len(draft.changes) > before
        if changes:
            self._refuse_change(draft, account)
        if username and self.facts.usernames.get(username.lower(), account.pk) != account.pk:
            self._refuse_taken(draft, username)
        renamed = account.name == person.name != name and account.pk not in self.facts.elsewhere
        if changes or renamed:
            account.username, account.email = username or account.username, email or account.email
            account.name = name if renamed else account.name
            self.changed.append(account)

    def write(self) -> None:
        """Two statements, more only where the database bounds their length."""
        if self.made:
            for account in self.made:
                account.password = make_password(None)
            Account.objects.bulk_create(self.made)
        if self.changed:
            Account.objects.bulk_update(self.changed, ["username", "email", "name"])

    def _make(self, draft: Draft, person: Person, username: str, email: str, name: str) -> None:
        draft.settle(USERNAME, "", username)
        draft.settle(EMAIL, "", email)
        if email and not username:
            draft.error(USERNAME, _("填了电子邮箱，也请填用户名。"))
        if not username:
            return
        if username.lower() in self.facts.usernames:
            self._refuse_taken(draft, username)
        roles = {office.role for office in self.facts.offices.get(person.pk, [])}
        if "operator" in roles and not self.by_operator:
            draft.error(USERNAME, _("平台运营者的账号只能由平台运营者导入。"))
        account = Account(username=username, email=email, name=name)
        self.made.append(account)
        person.account = account

    def _refuse_change(self, draft: Draft, account: Account) -> None:
        if account.pk in self.facts.elsewhere:
            sentence = _("这个账号还用于别的人大，用户名和电子邮箱不能通过导入修改。请由本人修改。")
            draft.error(USERNAME, sentence)
        elif not self.by_operator:
            draft.error(USERNAME, _("已有账号的用户名和电子邮箱只能由平台运营者修改。请留空或保持原样。"))

    def _refuse_taken(self, draft: Draft, username: str) -> None:
        draft.error(USERNAME, _("用户名 %(username)s 已经有人使用。") % {"username": username})

    def _username(self, draft: Draft) -> str:
        username = draft.text(USERNAME, limit=60)
        if username and len(username) <= 60 and not _USERNAME.fullmatch(username):
            sentence = _("用户名 %(username)s 里只能有英文字母、数字和 . @ + - _。")
            draft.error(USERNAME, sentence % {"username": username})
        return username

    def _email(self, draft: Draft) -> str:
        email = draft.text(EMAIL, limit=254)
        try:
            if email:
                validate_email(email)
        except ValidationError:
            draft.error(EMAIL, _("“%(email)s”不是电子邮箱地址。") % {"email": email})
        return email
