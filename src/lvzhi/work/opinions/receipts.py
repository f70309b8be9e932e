"""The receipt a citizen takes home: a number, and a code that is stored only as a keyed digest."""

from lvzhi.records.base.codes import LETTERS, code_for, fingerprint, new_code

__all__ = ["LETTERS", "code_for", "fingerprint", "new_code"]
