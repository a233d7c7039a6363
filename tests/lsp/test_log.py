"""What the server leaves in the log that an editor shows."""

import logging

import pytest

from spbe_arch.lsp import server


@pytest.mark.parametrize(("raised", "told"), [(server._RefusedError("taken"), 0), (ValueError("ours"), 1)])
def test_only_what_went_wrong_is_logged(raised: Exception, told: int, caplog: pytest.LogCaptureFixture) -> None:
    server.make_server()
    logging.getLogger("pygls.protocol.json_rpc").error("Exception occurred", exc_info=raised)
    assert len(caplog.records) == told
