"""Making an answer again from its receipt, and saying what changed."""
