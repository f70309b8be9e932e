"""A deputy's receptions on the phone: when, checking in, and several people in a row."""
