"""What measures the answers: question sets with gold, metrics, comparison with the last accepted results."""
