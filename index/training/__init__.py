"""Trains the bundled embedding model from nothing; nothing in here is needed to answer a question."""
