"""`python -m evals.bench`: the assistant beside LangChain's usual recipe, with timings."""

import sys

from evals.commands import main

if __name__ == "__main__":
    sys.exit(main(["compare", "youju", "langchain", *sys.argv[1:]]))
