"""The bundled model of digits, opened as in a notebook."""

import pytest

import zscape


@pytest.fixture(scope="module")
def mnist():
    return zscape.open("mnist", device="cpu")
