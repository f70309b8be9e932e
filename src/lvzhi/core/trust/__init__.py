"""What makes the record verifiable."""

from lvzhi.core.trust.chain import BrokenChain, chain_hash, verify_chain
from lvzhi.core.trust.draw import FORMAT, Drawn, DrawRefused, canonical_list, draw, list_hash, read_list, shares_of
from lvzhi.core.trust.draw import verify as verify_draw
from lvzhi.core.trust.share import Interval, share_interval

__all__ = [
    "FORMAT",
    "BrokenChain",
    "DrawRefused",
    "Drawn",
    "Interval",
    "canonical_list",
    "chain_hash",
    "draw",
    "list_hash",
    "read_list",
    "share_interval",
    "shares_of",
    "verify_chain",
    "verify_draw",
]
