"""Every reading of stations, each with its number of statements."""

from lvzhi.work.stations.queries.bookings import booking_by_code, bookings_of, calls_to_make
from lvzhi.work.stations.queries.months import (
    Gaps,
    MonthFigures,
    campaign_of,
    campaigns,
    gaps,
    month_figures,
    running_campaign,
    settings_of,
)
from lvzhi.work.stations.queries.places import (
    closures,
    deputies_now,
    directory,
    station_at,
    station_by_slug,
    stations_kept_by,
)
from lvzhi.work.stations.queries.rota import by_day, deputy_slots, free_places, rota, slot_at, upcoming
from lvzhi.work.stations.queries.years import reception_days, visits_today

__all__ = [
    "Gaps",
    "MonthFigures",
    "booking_by_code",
    "bookings_of",
    "by_day",
    "calls_to_make",
    "campaign_of",
    "campaigns",
    "closures",
    "deputies_now",
    "deputy_slots",
    "directory",
    "free_places",
    "gaps",
    "month_figures",
    "reception_days",
    "rota",
    "running_campaign",
    "settings_of",
    "slot_at",
    "station_at",
    "station_by_slug",
    "stations_kept_by",
    "upcoming",
    "visits_today",
]
