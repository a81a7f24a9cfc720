"""The benchmark of films measures what it reports."""

from zscape.app.bench import film


def test_ratios_and_memory_are_of_films_that_were_written(tiny_model, monkeypatch):
    monkeypatch.setattr(film, "SECONDS", 0.2)
    monkeypatch.setattr(film, "ROUNDS", 1)
    monkeypatch.setattr(film, "LONG", 1)
    figures = film.film(tiny_model, "cpu")
    assert set(figures) == {"drawing_seconds", "mp4_seconds", "gif_seconds", "mp4_over_drawing", "gif_over_drawing"}
    assert all(value > 0 for value in figures.values())
    assert 0 <= film.long_film(tiny_model, "cpu")["grown_mb"] < 150
