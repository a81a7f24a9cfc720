"""The table of losses of a run: means over steps, a limited number of rows, and unreadable files."""

import csv

import numpy as np
import pytest

from zscape.models.training.run.loss_table import LARGEST, MOST, LossTable


def filled(steps, table=None, first=1):
    table = table or LossTable()
    for step in range(first, steps + 1):
        table.add(step, {"loss_d": step})
        table.add(step, {"loss_g": -step} | ({"chi_square": 0.5} if step % 100 == 0 else {}))
    return table


def test_each_step_is_a_row_with_all_its_figures(tmp_path):
    filled(3).write(tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text() == "step,loss_d,loss_g\n1,1,-1\n2,2,-2\n3,3,-3\n"
    assert LossTable.read(tmp_path / "x.csv", 2).rows == [{"step": s, "loss_d": s, "loss_g": -s} for s in (1, 2)]


@pytest.mark.parametrize("broken_at", [None, 700, 1999, 2048])
def test_a_long_run_is_averaged_into_few_rows_even_if_it_was_resumed(tmp_path, broken_at):
    table = filled(broken_at or 4100)
    if broken_at:
        table.write(tmp_path / "x.csv")
        table = filled(4100, LossTable.read(tmp_path / "x.csv", broken_at), broken_at + 1)
    table.write(tmp_path / "x.csv")
    with (tmp_path / "x.csv").open() as file:
        rows = list(csv.DictReader(file))
    steps, losses = ([float(row[name]) for row in rows] for name in ("step", "loss_d"))
    assert MOST / 2 < len(rows) <= MOST
    assert steps[-1] == 4100
    assert np.all(np.diff(steps) > 0)
    assert np.all(np.diff(losses) > 0)
    assert np.all(np.abs(np.array(steps) - losses) <= 8)
    assert {row["chi_square"] for row in rows} == {"", "0.5"}


@pytest.mark.parametrize(
    "content",
    [b"", b"loss_d\n1\n", b"step,loss_d\n1,x\n", b"\xff\xfe\x00", b"step\n" + b"1\n" * LARGEST],
    ids=["empty", "no steps", "no number", "no text", "huge"],
)
def test_an_invalid_table_is_read_as_an_empty_one(tmp_path, content):
    (tmp_path / "x.csv").write_bytes(content)
    assert LossTable.read(tmp_path / "x.csv", 10).rows == LossTable.read(tmp_path / "y.csv", 10).rows == []


def test_cells_that_are_empty_or_not_finite_are_left_out(tmp_path):
    (tmp_path / "x.csv").write_text("step,loss_d,loss_g\n1,,nan\n2,0.5,inf\n9,1,1\n")
    assert LossTable.read(tmp_path / "x.csv", 5).rows == [{"step": 1}, {"step": 2, "loss_d": 0.5}]
