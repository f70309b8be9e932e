"""Stations where deputies receive citizens, the rota, bookings, receptions, and the month of the year."""
