"""What PostgreSQL refuses is replaced one for one before it gets there."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage._text import LONGEST_KEY, dumps, fit, lock_key, short


@pytest.mark.parametrize(
    ("text", "fitted"),
    [("plain", "plain"), ("a\x00b", "a\ufffdb"), ("\ud800x\udfff", "\ufffdx\ufffd"), ("𠮷", "𠮷")],
)
def test_nul_and_half_surrogates_are_replaced(text: str, fitted: str) -> None:
    assert fit(text) == fitted
    assert json.loads(dumps({"t": text})) == {"t": fitted}


def test_a_backslash_u0000_that_was_written_as_text_stays() -> None:
    written = r"the code \u0000 and \\u0000"
    assert json.loads(dumps([written, "\x00" + written + "\x00"])) == [written, "\ufffd" + written + "\ufffd"]


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_survives_with_its_length(text: str) -> None:
    fitted = fit(text)
    assert len(fitted) == len(text)
    fitted.encode("utf-8")
    assert json.loads(dumps(text)) == fitted


def test_long_keys_become_hashes_and_short_ones_stay() -> None:
    assert short("g:1") == "g:1"
    long = "l:" + "x" * 5000
    assert len(short(long)) < LONGEST_KEY
    assert short(long) != short(long + "y")
    assert short(long) == short(long)


def test_lock_keys_fit_into_signed_64_bits_and_differ() -> None:
    keys = {lock_key(f"lock {n}") for n in range(100)}
    assert len(keys) == 100
    assert all(-(2**63) <= key < 2**63 for key in keys)
