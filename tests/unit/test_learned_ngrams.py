"""Hashed n-grams: the same for the same text anywhere, blind to case and digits, safe with any input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.learned.ngrams import BUCKETS, SAMPLE, buckets


def test_places_are_known_and_weights_have_length_one() -> None:
    places, weights = buckets("China bans gallium exports")
    assert len(places) == len(weights) == len(set(places.tolist()))
    assert places.min() >= 0
    assert places.max() < BUCKETS
    assert float(np.linalg.norm(weights)) == pytest.approx(1.0, abs=1e-5)


def test_a_fixed_text_has_fixed_buckets() -> None:
    """Weights are stored by bucket, so another machine must find the same ones."""
    places, _ = buckets("镓")
    assert places.tolist() == buckets("镓")[0].tolist()
    assert len(places) == 3  # blank and sign, sign and blank, all three


def test_case_and_digits_say_nothing() -> None:
    assert buckets("GALLIUM 2023")[0].tolist() == buckets("gallium 1999")[0].tolist()
    assert buckets("gallium")[0].tolist() != buckets("indium")[0].tolist()


def test_only_the_beginning_counts() -> None:
    head = "a b " * SAMPLE
    assert buckets(head)[0].tolist() == buckets(head + "gallium")[0].tolist()


@given(st.text(st.characters(), max_size=60))
def test_any_text_can_be_hashed(text: str) -> None:
    places, weights = buckets(text + "\ud800")
    assert len(places) == len(weights)
    assert np.isfinite(weights).all()
