"""What measures the check of drafts: drafts with gold, judgement by step, metrics, the report."""
