"""Congresses, bodies, people and the offices they hold."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lvzhi.records.base.identifiers import new_id
from lvzhi.records.base.scope import Record, ScopedQuerySet


class Congress(models.Model):
    """A people's congress at one level: the tenant. A city has districts, a district has towns."""

    class Level(models.TextChoices):
        CITY = "city", _("市")
        DISTRICT = "district", _("区县")
        TOWN = "town", _("乡镇")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    short = models.CharField(max_length=20)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    region = models.CharField(max_length=20, default="national")
    settings = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="a_city_congress_has_no_parent_here", condition=~Q(level="city") | Q(parent=None)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BodyQuerySet(ScopedQuerySet["Body"]):
    """Bodies of a congress."""

    def answering(self) -> BodyQuerySet:
        """Bodies to which an opinion or a suggestion can be given."""
        return self.filter(kind__in=[*Body.SUPERVISED, *Body.WORKING], active=True)


class Body(Record):
    """An organ, office or group: what acts, answers or supervises."""

    class Kind(models.TextChoices):
        SUPERVISED = "supervised_body", _("一府一委两院")
        DEPARTMENT = "department", _("政府工作部门")
        SUBDISTRICT = "subdistrict_office", _("街道办事处、镇政府")
        COUNCIL = "council", _("主任会议")
        COMMITTEE = "special_committee", _("专门委员会")
        WORKING = "working_body", _("工作机构")
        GENERAL = "general_office", _("办公室")
        PETITION = "petition_office", _("信访工作机构")
        DEPUTY_OFFICE = "deputy_office", _("代表工作机构")
        GROUP = "deputy_group", _("代表小组")
        STREET = "street_committee", _("街道人大工委")
        COMMUNITY = "community", _("社区、村")
        STATION = "deputy_station", _("代表之家、代表联络站")

    SUPERVISED = (Kind.SUPERVISED, Kind.DEPARTMENT, Kind.SUBDISTRICT)
    # Only bodies whose staff hold the role of a working body: what is given to others would wait for nobody.
    WORKING = (Kind.WORKING,)

    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=80)
    short = models.CharField(max_length=30)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    active = models.BooleanField(default=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["congress", "slug"], name="a_body_slug_is_used_once_in_a_congress"),
            models.UniqueConstraint(fields=["congress", "name"], name="a_body_name_is_used_once_in_a_congress"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_supervised(self) -> bool:
        """Whether the standing committee oversees this body, so that it answers rather than handles."""
        return self.kind in self.SUPERVISED


class Term(Record):
    """One term of office of a congress (届)."""

    ordinal = models.PositiveSmallIntegerField()
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects = ScopedQuerySet["Term"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["congress", "ordinal"], name="a_term_is_counted_once"),
            models.CheckConstraint(
                name="a_term_ends_after_it_starts", condition=Q(ends=None) | Q(ends__gt=F("starts"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.congress_id} {self.ordinal}"


class Constituency(Record):
    """选区: where deputies are elected, and to whom they answer."""

    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)

    objects = ScopedQuerySet["Constituency"].as_manager()

    class Meta:
        verbose_name_plural = "constituencies"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["congress", "number"], name="a_constituency_number_is_used_once"),
        ]

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Accounts are made by the office or by a citizen's verified phone."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Account:
        """Make an account; without a password it can only sign in by code."""
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """What signs in. What it may do comes from memberships, never from the account."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(_("用户名"), max_length=60, unique=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    name = models.CharField(_("姓名"), max_length=60)
    is_active = models.BooleanField(default=True)
    must_use_totp = models.BooleanField(default=False)
    phone_fingerprint = models.CharField(max_length=64, blank=True, db_index=True)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    is_staff = False
    is_superuser = False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Never: Django's permission table is not used here."""
        del perm, obj
        return False

    def get_full_name(self) -> str:
        """The name other people see."""
        return self.name


class Person(Record):
    """A person who acts in a congress: staff, member, deputy or contact of a supervised body."""

    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=60)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="people")

    objects = ScopedQuerySet["Person"].as_manager()

    class Meta:
        verbose_name_plural = "people"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["congress", "slug"], name="a_person_slug_is_used_once_in_a_congress"),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(ScopedQuerySet["Membership"]):
    """Offices held."""

    def on(self, day: date) -> MembershipQuerySet:
        """Offices held on that day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class Membership(Record):
    """An office a person holds in a body, from one day to another."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=40)
    title = models.CharField(max_length=60, blank=True)
    term = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    constituency = models.ForeignKey(
        Constituency, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="an_office_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["congress", "role"], name="members_by_role")]

    def __str__(self) -> str:
        return f"{self.person} {self.role}"


class PersonalRecord(Record):
    """One person's protected particulars, sealed (个人信息保护法 第五十一条); read only through `door.read`."""

    about = models.CharField(max_length=80, db_index=True)
    sealed = models.BinaryField()
    kept_until = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()

    objects = ScopedQuerySet["PersonalRecord"].as_manager()

    def __str__(self) -> str:
        return self.about


class PersonalReading(Record):
    """Who read whose particulars, when and for what."""

    # The note of a reading outlives what was read (网络安全法 第二十一条: 日志留存不少于六个月).
    record = models.ForeignKey(PersonalRecord, on_delete=models.SET_NULL, null=True, related_name="readings")
    about = models.CharField(max_length=80, default="")
    reader = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    reader_name = models.CharField(max_length=60)
    purpose = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = ScopedQuerySet["PersonalReading"].as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["congress", "-at"], name="readings_by_time")]

    def __str__(self) -> str:
        return f"{self.reader_name} {self.at}"
