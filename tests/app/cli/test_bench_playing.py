"""The benchmark of exporting and playing in the window measures what it reports, with a line for each figure."""

import json

import pytest

from zscape.app.bench import playing
from zscape.app.cli.verbs import bench

GAPS = {"gap_p50_ms", "gap_p95_ms", "gap_max_ms"}


@pytest.fixture
def fresh(qtbot, home, tiny_model, monkeypatch):
    """A window that has not been shown yet, and is measured soon afterwards."""
    from zscape.app.state.settings import Settings
    from zscape.app.window.main_window import MainWindow

    monkeypatch.setattr(playing, "SETTLED", 0.05)
    window = MainWindow(Settings(home), model=str(tiny_model))
    yield window
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    window.deleteLater()


def test_gaps_are_measured_while_a_film_is_written(fresh, tmp_path, monkeypatch):
    monkeypatch.setattr(playing, "SECONDS", 0.5)
    figures = playing.export(fresh, tmp_path)
    assert set(figures) == {*GAPS, "export_seconds", "written_frames_a_second"}
    assert 0 < figures["gap_p50_ms"] <= figures["gap_p95_ms"] <= figures["gap_max_ms"]
    assert figures["written_frames_a_second"] == pytest.approx(15 / figures["export_seconds"])
    assert (tmp_path / "film.mp4").stat().st_size > 0


def test_frames_are_counted_while_it_plays(fresh, monkeypatch):
    monkeypatch.setattr(playing, "PLAYED", 0.3)
    monkeypatch.setattr(playing, "READY", 0.1)
    figures = playing.playback(fresh)
    assert set(figures) == {
        *GAPS,
        "shown_frames_a_second",
        "shown_frames",
        "dropped_frames",
        "dropped_frames_later",
        "prepared_seconds",
    }
    assert figures["shown_frames"] > 0
    assert figures["dropped_frames"] >= 0


def test_the_report_lists_figures_and_missed_targets(monkeypatch, capsys, tiny_model):
    measured = {
        "export": {"gap_p95_ms": 9.0, "export_seconds": 3.0},
        "playback": {"dropped_frames": 0.0, "shown_frames": 240.0, "gap_p95_ms": 5.0},
    }
    monkeypatch.setattr(bench, "dragged", lambda what, path, device: measured[what])
    assert bench.Bench(model=str(tiny_model), only=("export", "playback")).run() == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in lines if not line.startswith(" ")] == ["export", "playback"]
    said = [" ".join(line.split()) for line in lines]
    assert "gap p95 ms 9 MISSED: at most 8" in said
    assert "gap p95 ms 5 reached: at most 8" in said
    assert "dropped frames 0 reached: at most 0" in said
    bench.Bench(model=str(tiny_model), only=("playback",), json=True).run()
    report = json.loads(capsys.readouterr().out)
    assert set(report) == {"playback"}
    assert set(report["playback"]) == {*measured["playback"], "other_load_cores"}


def test_long_film_is_not_measured_by_default():
    assert {"film", "export", "playback"} <= set(bench.PARTS)
    assert "long-film" not in bench.PARTS
    assert set(bench.FLOORS) >= {"gap_p95_ms", "grown_mb", "dropped_frames", "mp4_over_drawing", "gif_over_drawing"}
