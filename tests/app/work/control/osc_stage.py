"""Messages as another program sends them."""

from pythonosc.osc_message_builder import OscMessageBuilder

TRUNCATION = "/zscape/z/truncation"


def message(path, *values):
    builder = OscMessageBuilder(path)
    for each in values:
        builder.add_arg(each)
    return builder.build().dgram
