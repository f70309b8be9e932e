"""Every write at a station, one function a verb."""

from lvzhi.records.matters.refusals import ActRefused
from lvzhi.work.stations.actions.booking import (
    Booked,
    Booking,
    book,
    cancel_booking,
    note_arrival,
    note_told,
)
from lvzhi.work.stations.actions.keeping import (
    Facts,
    add_station,
    close_station,
    edit_station,
    reopen_station,
    set_deputies,
)
from lvzhi.work.stations.actions.month import plan_month, set_stations, take
from lvzhi.work.stations.actions.receiving import (
    Received,
    check_moment,
    come,
    leave,
    note_attendance,
    receive,
    visit_of,
)
from lvzhi.work.stations.actions.rota import (
    Row,
    Time,
    cancel_slot,
    edit_slot,
    move_slot,
    set_row,
    set_slot,
)

__all__ = [
    "ActRefused",
    "Booked",
    "Booking",
    "Facts",
    "Received",
    "Row",
    "Time",
    "add_station",
    "book",
    "cancel_booking",
    "cancel_slot",
    "check_moment",
    "close_station",
    "come",
    "edit_slot",
    "edit_station",
    "leave",
    "move_slot",
    "note_arrival",
    "note_attendance",
    "note_told",
    "plan_month",
    "receive",
    "reopen_station",
    "set_deputies",
    "set_row",
    "set_slot",
    "set_stations",
    "take",
    "visit_of",
]
