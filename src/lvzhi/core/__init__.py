"""Plain Python: the rules of procedure, calendar, text and trust. No Django here."""
