"""Tools for live performance: drift, OSC and MIDI, a second window."""
