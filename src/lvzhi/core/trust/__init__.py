"""What makes the record verifiable."""

from lvzhi.core.trust.chain import BrokenChain, chain_hash, verify_chain

__all__ = ["BrokenChain", "chain_hash", "verify_chain"]
