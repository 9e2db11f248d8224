"""Learning how facts are matched to a draft's figures: what tells right from wrong gets weight, and twice the same."""

import pytest

from evals.checking.calibrate import Example, learn

# The constant, a feature that tells, a feature that does not.
EXAMPLES = [
    *(Example((1.0, 1.0, 0.0), True, 1.0) for _ in range(20)),
    *(Example((1.0, 1.0, 1.0), True, 1.0) for _ in range(20)),
    *(Example((1.0, 0.0, 0.0), False, 1.0) for _ in range(20)),
    *(Example((1.0, 0.0, 1.0), False, 1.0) for _ in range(20)),
]


def test_what_tells_gets_weight() -> None:
    """A feature of all right facts and no wrong one speaks for a fact, one of both alike says nothing."""
    _, telling, idle = learn(EXAMPLES)
    assert telling > 2
    assert idle == pytest.approx(0, abs=1e-9)


def test_learning_twice_gives_the_same() -> None:
    """The weights depend on the examples alone."""
    assert learn(EXAMPLES).tolist() == learn(EXAMPLES).tolist()


def test_what_counts_less_pulls_less() -> None:
    """Right facts that share the weight of one move the weights less than whole ones."""
    shared = [Example(one.features, one.right, 0.1 if one.right else 1.0) for one in EXAMPLES]
    assert learn(shared)[0] < learn(EXAMPLES)[0]
