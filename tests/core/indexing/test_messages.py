"""Messages arrive as they were sent; what is none does not cost the one who waits for it."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.indexing.messages import BadMessage, read_message, write_message

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), JSON, max_size=4))
def test_a_message_arrives_as_it_was_sent(message: dict[str, object]) -> None:
    pipe = io.BytesIO()
    size = write_message(pipe, message)
    assert pipe.tell() == size + 4
    pipe.seek(0)
    assert read_message(pipe, size) == message
    assert read_message(pipe, size) is None


@pytest.mark.parametrize("size", [1001, 2**32 - 1])
def test_a_message_beyond_the_limit_is_not_waited_for(size: int) -> None:
    with pytest.raises(BadMessage):
        read_message(io.BytesIO(struct.pack(">I", size) + b"{}"), 1000)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"3", b"\xff", b"[" * 100_000, b'{"a":' * 100_000])
def test_what_is_no_object_is_no_message(body: bytes) -> None:
    with pytest.raises(BadMessage):
        read_message(io.BytesIO(struct.pack(">I", len(body)) + body), 10**6)


def test_a_message_that_breaks_off_is_the_end() -> None:
    assert read_message(io.BytesIO(struct.pack(">I", 10) + b"{}"), 1000) is None
