"""Control from outside: OSC and MIDI. Nothing here runs until a person switches it on."""
