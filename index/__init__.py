"""What makes passages findable: the embedding model, BM25, FAISS, saving and loading, the retriever."""
