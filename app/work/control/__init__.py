"""Control from outside: OSC, MIDI and sound. Nothing here runs until the user switches it on."""
