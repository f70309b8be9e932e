"""Rules that say yes, or say why not.

A rule is a predicate with the sentence a person reads when it says no. Rules combine with ``&`` and ``|``; the page
greys a button and the action refuses by the same rule, so the two can never disagree.
"""

from lvzhi.core.permission.rule import Rule, rule

__all__ = ["Rule", "rule"]
