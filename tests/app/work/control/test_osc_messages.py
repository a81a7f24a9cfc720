"""OSC without a socket: an address for every number, and packets."""

import struct

import pytest
from pythonosc.osc_bundle_builder import IMMEDIATELY, OscBundleBuilder
from pythonosc.osc_message_builder import OscMessageBuilder
from recipes import recipe, space, weights

from zscape.app.work.control.addresses import addresses, moved, readings, slug
from zscape.app.work.control.packets import messages, path_of, read
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.noise import Noise
from zscape.models.inputs.kinds.numbers import Numbers
from zscape.models.inputs.kinds.styles import Styles
from zscape.models.inputs.space import Space


def test_every_input_number_and_every_direction_has_an_address():
    direction = Direction("stroke width", "z", (1.0,) * 4)
    numbers = Numbers("pose", ("head angle", "tilt"), ((-30.0, 30.0), (0.0, 1.0)))
    made = Space((Latent("z", 4), Styles("w", 2, 4), numbers, Noise("grain")), directions={"stroke width": direction})
    assert [*addresses(made)] == [
        "/zscape/z/seed",
        "/zscape/z/truncation",
        "/zscape/z/direction/stroke-width",
        *(f"/zscape/z/coordinate/{k}" for k in range(4)),
        "/zscape/w/truncation",
        "/zscape/pose/head-angle",
        "/zscape/pose/tilt",
        "/zscape/grain/seed",
        "/zscape/grain/strength",
    ]


def test_addresses_are_valid_and_unique():
    made = addresses(space(1, ("é #/1", "e 1", "日本", "本日")))
    paths = [path for path in made if "weight" in path]
    assert paths == [
        "/zscape/class/weight/e-1",
        "/zscape/class/weight/e-1-2",
        "/zscape/class/weight/x",
        "/zscape/class/weight/x-2",
    ]
    assert slug("Stroke width (px)") == "stroke-width-px"


@pytest.mark.parametrize("path", [*addresses(space(3, ("a", "b", "c")))])
def test_what_is_set_is_read_back(path):
    made = space(3, ("a", "b", "c"))
    known = addresses(made)
    wanted = 1.0 if known[path].scalar.whole else 0.25
    point = moved(recipe(seeds=((4, 1.0),)), {known[path]: wanted}, made)
    made.check(point)
    assert readings(point, known, made)[path] == pytest.approx(wanted)


def test_a_weight_leaves_the_rest_to_the_others():
    made = space(3, ("a", "b", "c"))
    known = addresses(made)
    point = moved(recipe(classes=(0.5, 0.5, 0.0)), {known["/zscape/class/weight/c"]: 0.5}, made)
    assert weights(point) == pytest.approx((0.25, 0.25, 0.5))
    alone = moved(point, {known["/zscape/class/weight/a"]: 1.0}, made)
    assert weights(alone) == (1.0, 0.0, 0.0)
    assert weights(moved(alone, {known["/zscape/class/weight/a"]: 0.0}, made)) == pytest.approx((0.0, 0.5, 0.5))


def test_bundles_are_looked_into_and_damaged_packets_do_no_harm():
    inner, outer = OscBundleBuilder(IMMEDIATELY), OscBundleBuilder(IMMEDIATELY)
    for number in (1.0, 2.0):
        builder = OscMessageBuilder("/a")
        builder.add_arg(number)
        inner.add_content(builder.build())
    outer.add_content(inner.build())
    packet = outer.build().dgram
    assert [(path_of(each), read(each)) for each in messages(packet)] == [("/a", (1.0,)), ("/a", (2.0,))]
    for cut in range(len(packet)):
        for each in messages(packet[:cut]):
            path_of(each)
    deep = packet
    for _ in range(50):
        deep = b"#bundle\0" + bytes(8) + struct.pack(">i", len(deep)) + deep
    assert [*messages(deep)] == []
    for odd in (
        b"",
        b"/",
        b"/a",
        b"/a\0\0,f",
        b"/a\0\0,f\0\0",
        b"/a\0\0,b\0\0\xff\xff\xff\xff",
        b"/a\0\0,q\0\0",
        b"/a\0\0f\0\0\0",
    ):
        for each in messages(odd):
            path_of(each)
            with pytest.raises(ValueError, match="it"):
                read(each)
