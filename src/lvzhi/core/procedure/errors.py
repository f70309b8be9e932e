"""What can go wrong: a procedure file to mend, or a step that may not be taken."""


class ProcedureError(ValueError):
    """A procedure file is wrong, or an edition or setting does not exist.

    The message names the file and line, what is wrong, and what to mend.
    """


class Refused(ValueError):
    """A step that may not be taken now. `zh` and `en` tell the reader why and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en
