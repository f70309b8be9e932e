"""The public pages of stations: the directory and its map, one station, booking, calendars, the poster."""
