"""Congresses in levels, bodies, terms, people, memberships, and who is acting."""
