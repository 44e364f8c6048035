"""What was found unfinished is told on the terminal, beside the answer."""

import logging

from ui.cli.house import recovery_told

LOG = logging.getLogger("dalm.recovery")


def test_what_broke_off_is_told_beside_the_answer_and_inert(capsys):
    with recovery_told():
        LOG.warning("plan-1: 7 of 40 were written \x1b[31m")
    LOG.warning("afterwards nobody listens")
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("plan-1: 7 of 40 were written")
    assert "\x1b" not in said.err
    assert "afterwards" not in said.err
