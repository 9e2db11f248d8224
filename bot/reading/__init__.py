"""From passages to the exact words that answer: figures, names and lists, yes or no, comparisons."""
