"""`zscape bench` says how even the machine is, since no other figure is steadier."""

import json

from zscape.app.bench import machine
from zscape.app.cli.main import main


def test_the_machine_is_measured_and_printed(monkeypatch, capsys):
    monkeypatch.setattr(machine, "SECONDS", 0.05)
    assert main(["bench", "--only", "machine", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)["machine"]
    assert figures["product_ms"] > 0
    assert 1 <= figures["product_p95_over_p50"] <= figures["product_max_over_p50"]
