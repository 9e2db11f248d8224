"""What can go wrong with an index; every message is Chinese and says what to do.

IndexProblem
├── ModelProblem   the embedding model is missing, unsafe or does not fit
├── StaleIndex     the index was made from other reports, another model or another format
├── CorruptIndex   a file of the index is missing or damaged
└── IndexBusy      another build is under way
"""


class IndexProblem(Exception):
    """An index cannot be made or used; the message says what to do."""


class ModelProblem(IndexProblem):
    """The embedding model is missing, unsafe or does not fit."""


class StaleIndex(IndexProblem):
    """The index was made from other reports, another model or another format."""


class CorruptIndex(IndexProblem):
    """A file of the index is missing or damaged."""


class IndexBusy(IndexProblem):
    """Another build of the same index is under way."""
