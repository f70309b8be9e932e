"""A matter, its append-only ledger, its clocks, its parties and its links."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Account, Body, Person

NO_LIMIT = date.max
"""What `WorkItem.sort_due` holds when no statute sets a date, so that such rows come last and stay indexed."""


def seen_by(actor: Actor, matter: str = "") -> Q | Combinable:
    """Which matters somebody outside the office may see; `matter` is the path to them, as in ``matter__``.

    Everyone sees what is public; a body what it is party to; a person what binds them; a citizen what they hold the
    receipt of.
    """
    may: Q | Combinable = Q(**{f"{matter}is_public": True})
    parties = Party.objects.scoped().filter(matter=OuterRef(f"{matter}pk"))
    if actor.bodies:
        may |= Q(**{f"{matter}responsible__in": actor.bodies}) | Exists(parties.filter(body__in=actor.bodies))
    if actor.person:
        may |= Exists(parties.filter(person=actor.person))
    if actor.matters:
        may |= Q(**{f"{matter}pk__in": actor.matters})
    return may


class MatterQuerySet(ScopedQuerySet["Matter"]):
    """The vocabulary in which matters are looked for."""

    def visible_to(self, actor: Actor) -> MatterQuerySet:
        """What `actor` may see: the office its whole congress, others as `seen_by` says."""
        rows = self.of(actor.congress)
        return rows if actor.is_staff else rows.filter(seen_by(actor))

    def published(self) -> MatterQuerySet:
        """Matters on the public board."""
        return self.filter(is_public=True)

    def late(self, today: date) -> MatterQuerySet:
        """Matters with a statutory clock past its day."""
        return self.filter(next_due__lt=today, is_open=True)


class Matter(Record):
    """One thing that goes through one procedure, under the edition it began with."""

    procedure = models.CharField(max_length=40)
    edition = models.CharField(max_length=120)
    number = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=40)
    is_open = models.BooleanField(default=True)
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    closed_on = models.DateField(null=True, blank=True)
    category = models.CharField(max_length=40, blank=True)
    area = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    responsible = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    next_due = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    clocks = models.JSONField(default=list)
    anchors = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    bound = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    last_hash = models.CharField(max_length=64, blank=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["congress", "number"], name="a_number_is_used_once_in_a_congress"),
            models.CheckConstraint(
                name="a_matter_closes_after_it_opens",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
            ),
            models.CheckConstraint(
                name="what_is_public_says_since_when",
                condition=Q(is_public=False) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="an_open_matter_has_no_closing_day", condition=Q(is_open=False) | Q(closed_on=None)
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["congress", "-opened_at", "-id"], name="matters_newest"),
            models.Index(fields=["congress", "procedure", "-opened_at", "-id"], name="matters_by_procedure"),
            models.Index(fields=["congress", "state", "-opened_at", "-id"], name="matters_by_state"),
            models.Index(fields=["congress", "category", "-opened_at", "-id"], name="matters_by_category"),
            models.Index(fields=["congress", "responsible", "-opened_at", "-id"], name="matters_by_body"),
            models.Index(fields=["congress", "next_due", "id"], condition=Q(is_open=True), name="matters_by_due"),
            models.Index(
                fields=["congress", "-published_at", "-id"],
                condition=Q(is_public=True),
                name="matters_public",
            ),
            models.Index(
                fields=["congress", "category", "-published_at", "-id"],
                condition=Q(is_public=True),
                name="matters_public_category",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class EntryQuerySet(ScopedQuerySet["Entry"]):
    """Entries of the ledger; they can be read and added, nothing else."""


class Entry(Record):
    """One act: who, when, what, under which article. Triggers refuse to change or remove it."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="entries")
    seq = models.PositiveIntegerField()
    action = models.CharField(max_length=40)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40)
    on = models.DateField()
    at = models.DateTimeField()
    actor_account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    actor_name = models.CharField(max_length=60, blank=True)
    actor_office = models.CharField(max_length=120, blank=True)
    rules = models.JSONField(default=list)
    data = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    is_public = models.BooleanField(default=False)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["matter", "seq"], name="an_entry_has_its_own_place_in_the_ledger"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.seq} {self.action}"


class Deadline(Record):
    """A clock of a matter as it stands now; the truth it is reckoned from is in `Matter.clocks`."""

    class Status(models.TextChoices):
        RUNNING = "running", _("在计时")
        PAUSED = "paused", _("已暂停")
        MET = "met", _("已办到")
        WAIVED = "waived", _("已豁免")
        CANCELLED = "cancelled", _("不再适用")

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="deadlines")
    clock = models.CharField(max_length=40)
    rule = models.CharField(max_length=80, blank=True)
    holder = models.CharField(max_length=80)
    status = models.CharField(max_length=10, choices=Status.choices)
    started_on = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    internal_due = models.DateField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True)
    is_late = models.BooleanField(default=False)

    objects = ScopedQuerySet["Deadline"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["matter", "clock"], name="a_clock_stands_once_on_a_matter"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["congress", "due"], condition=Q(status="running"), name="deadlines_running"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.clock} {self.due}"


class WorkItem(Record):
    """A matter on somebody's worklist: to act on, or to watch while another acts."""

    class Kind(models.TextChoices):
        ACT = "act", _("该我办")
        WATCH = "watch", _("等别人")

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="work_items")
    holder = models.CharField(max_length=80)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    verb = models.CharField(max_length=40)
    clock = models.CharField(max_length=40, blank=True)
    sort_due = models.DateField(default=NO_LIMIT)
    procedure = models.CharField(max_length=40)

    objects = ScopedQuerySet["WorkItem"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["matter", "holder", "kind"], name="a_matter_waits_once_for_each"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["congress", "holder", "kind", "sort_due", "id"], name="worklist_by_due"),
            models.Index(
                fields=["congress", "holder", "kind", "procedure", "sort_due", "id"],
                name="worklist_by_procedure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.matter_id}"


class Party(Record):
    """A body or a person with a part in a matter."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=40)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField()

    objects = ScopedQuerySet["Party"].as_manager()

    class Meta:
        verbose_name_plural = "parties"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="a_party_is_a_body_or_a_person", condition=Q(body=None) ^ Q(person=None)),
            models.UniqueConstraint(fields=["matter", "role", "body"], name="a_body_is_party_once_in_a_role"),
            models.UniqueConstraint(fields=["matter", "role", "person"], name="a_person_is_party_once_in_a_role"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["body", "matter"], name="parties_by_body")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.role}"


class Link(Record):
    """A typed thread from one matter to another, shown from both ends."""

    class Kind(models.TextChoices):
        RAISED = "raised", _("引出")
        PROMPTED = "prompted", _("促成")
        LED_TO = "led_to", _("转为")
        YIELDED = "yielded", _("形成")
        TRACKED_IN = "tracked_in", _("跟踪于")
        SAME_AS = "same_as", _("与之同类")

    source = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    since = models.DateField()

    objects = ScopedQuerySet["Link"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="two_matters_are_linked_once_in_a_kind"),
            models.CheckConstraint(name="a_matter_is_not_linked_to_itself", condition=~Q(source=F("target"))),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"


class NumberSeries(Record):
    """The last number given in a year under a prefix; it moves in the transaction that uses it, so no gap."""

    prefix = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects = ScopedQuerySet["NumberSeries"].as_manager()

    class Meta:
        verbose_name_plural = "number series"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["congress", "prefix", "year"], name="a_series_counts_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix} {self.year} {self.last}"
