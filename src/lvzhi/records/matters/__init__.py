"""Matters and their ledger: a matter only moves by `perform`, and every move is an entry that stays."""
