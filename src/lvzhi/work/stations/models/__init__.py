"""What is stored about stations, their rota, bookings and receptions, and the month."""

from lvzhi.work.stations.models.appointment import Appointment, Message
from lvzhi.work.stations.models.campaign import PROCEDURE, Campaign, CampaignStation
from lvzhi.work.stations.models.reception import Visit
from lvzhi.work.stations.models.slot import Seat, Slot
from lvzhi.work.stations.models.station import Closure, Station, StationDeputy

__all__ = [
    "PROCEDURE",
    "Appointment",
    "Campaign",
    "CampaignStation",
    "Closure",
    "Message",
    "Seat",
    "Slot",
    "Station",
    "StationDeputy",
    "Visit",
]
