"""The API keeps its own description: whatever is sent, nothing breaks and no answer is undescribed (schemathesis)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi import checks

from bot.api.app import build
from bot.api.problems import PREFIX
from bot.api.turns import Places
from bot.settings import Settings
from tests.e2e.driving import serving

MOST = 8  # made-up requests of each kind for each address

# Left out: that whatever fits the description is taken. A blank question fits it and is refused.
CHECKS: list[Any] = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
]


@pytest.fixture(scope="module")
def unlimited(data_dir: Path) -> Iterator[str]:
    """The address of a server that takes any number of requests."""
    with serving(data_dir, limit_burst="100000", limit_per_minute="1000000") as address:
        yield address


def described() -> BaseSchema:
    """The description that the API gives of itself."""
    settings = Settings.load()
    api = build(lambda: pytest.fail("describing needs no answers"), settings, Places.of(settings))
    generation = {"deterministic": True, "max-examples": MOST}
    refusing = {"expected-statuses": ["400", "401", "403", "404", "405", "413", "415", "422"]}
    config = SchemathesisConfig.from_dict({"generation": generation, "checks": {"negative_data_rejection": refusing}})
    return schemathesis.openapi.from_dict(api.openapi(), config=config)


SCHEMA = described()


@SCHEMA.parametrize()
def test_the_api_keeps_its_description(case: "Case[Any]", unlimited: str) -> None:
    """No request brings about a 5xx, or an answer of a status, type, header or shape that is not described."""
    case.call_and_validate(base_url=unlimited.rstrip("/") + PREFIX, checks=CHECKS)
