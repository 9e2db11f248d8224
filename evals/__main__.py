"""`python -m evals` is `youju eval`."""

import sys

from evals.commands import main

sys.exit(main())
