"""What can be wrong with an evaluation's files."""


class EvalProblem(Exception):
    """A question set or an accepted result that cannot be used; the message says in Chinese what to do."""
