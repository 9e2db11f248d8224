"""What can be wrong with a report."""


class ReportProblem(Exception):
    """A report that cannot be read; the message says in Chinese what to do."""
