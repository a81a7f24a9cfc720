"""What a performer uses: drift, OSC and MIDI, a second window."""
