"""Small valid files of every kind, damaged at random: reading gives a result or a one-line error, never another exception."""

import gzip
import io
import os
import random
import struct
import warnings
import zipfile

import numpy as np
import pytest
import torch
from PIL import Image
from recipes import kind
from recipes import recipe as recipe_of
from recipes import space as space_of

from zscape.app.state import session_file
from zscape.app.state.clipboard import recipe_from_json, recipe_json
from zscape.app.window.files.file_kind import kind_of
from zscape.app.window.startup.last_picture import load as load_last
from zscape.models.data.formats.labels import read_labels
from zscape.models.data.given_pictures import read_inputs
from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError
from zscape.models.evaluation.reference_classifier import load_classifier
from zscape.models.files import directions
from zscape.models.files.checkpoint import load_model, save_tensors
from zscape.models.files.directions import load_directions, save_directions
from zscape.models.files.header import read_spec
from zscape.models.files.library import BUNDLED
from zscape.models.files.units_file import load_units
from zscape.models.inputs.directions import Direction, DirectionSet
from zscape.models.media.film.animation import write_animation
from zscape.models.media.film.film_file import timeline_in
from zscape.models.media.images import image_header, read_image, save_png
from zscape.models.media.latents_file import latents_in
from zscape.models.media.metadata import embed, read_metadata
from zscape.models.training.config import load_config
from zscape.models.training.run import run_file
from zscape.models.training.run.run_file import load_run, save_run

OF_FOLDERS = ("recipe", "last-picture.png")
"""Files that are found in a folder, not named by the user."""
TIMES = 50
"""Damaged copies of each file; testing all of them takes about a second."""
SHAPE = (1, 8, 8)
CONFIG = """name = "a"
family = "dcgan"
data = "digits"
steps = 6
learning_rate = 2e-4
[model]
size = 28
channels = 1
generator_maps = [16, 8]
discriminator_maps = [8, 8]
"""
PIXELS = np.random.default_rng(0).integers(0, 256, (3, 8, 8), np.uint8)
ARRAYS = {
    "images": PIXELS,
    "labels": np.arange(3),
    "class_names": np.array(["a", "b", "ç"]),
    "attributes": np.linspace(0, 1, 6).reshape(3, 2),
    "attribute_names": np.array(["x", "y"]),
    "z": np.linspace(-1, 1, 12, dtype=np.float32).reshape(3, 4),
}


def npz(arrays, compression=zipfile.ZIP_DEFLATED):
    """An .npz of arrays, or of members given as bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, array in arrays.items():
            archive.writestr(f"{name}.npy", array if isinstance(array, bytes) else npy(array))
    return file.getvalue()


def npy(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def idx(array):
    return bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.astype(np.uint8).tobytes()


def picture(kind, mode="L", **options):
    file = io.BytesIO()
    Image.fromarray(PIXELS[0]).convert(mode).save(file, kind, **options)
    return file.getvalue()


def damaged(data, chance):
    """`data` with some of its bytes changed, removed, doubled or cut off, mostly near the start, where the headers are."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        if not changed:
            break
        limit = len(changed) if chance.random() < 0.5 else min(len(changed), 200)
        place = chance.randrange(limit)
        match chance.randrange(6):
            case 0:
                changed[place] ^= 1 << chance.randrange(8)
            case 1:
                changed[place] = chance.choice((0, 0x7F, 0x80, 0xFF, *b"{}[]()'\",:0 \n"))
            case 2:
                del changed[place : place + chance.choice((1, 4, 30))]
            case 3:
                changed[place:place] = changed[place : place + chance.choice((1, 4, 30))]
            case 4:
                changed[place : place + 4] = struct.pack("<I", chance.choice((0, 1, 2**16, 2**31, 2**32 - 1)))
            case _:
                del changed[place:]
    return bytes(changed)


def damage_member(data, chance):
    """An .npz with an intact archive in which one array is damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name.removesuffix(".npy"): archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(members))
    return npz({**members, name: damaged(members[name], chance)})


def files(tmp_path, tiny_model):
    """name of a file -> (its bytes, the function that damages them, the function that reads them)."""
    space = read_spec(tiny_model).space
    latents = lambda path: latents_in(path, space_of(4, "abc"))  # noqa: E731
    known = lambda path: space.with_directions(load_directions(path).directions)  # noqa: E731
    recipe = lambda path: recipe_from_json(path.read_bytes())  # noqa: E731
    run = lambda path: load_run(path, {"family": "dcgan", "steps": 3})  # noqa: E731
    inputs = lambda path: read_inputs(path, SHAPE)  # noqa: E731
    labels = lambda path: read_labels(path, 3, 3)  # noqa: E731
    data = lambda path: load(str(path))  # noqa: E731
    session = session_file.to_json(session_file.SessionFile("m", "image", kind(4, 3, "abc")))
    texts = {session_file.KEY: session}
    found = {}
    for name, packed in (("stored", npz(ARRAYS, zipfile.ZIP_STORED)), ("deflated", npz(ARRAYS))):
        found[f"{name}.npz"] = packed, damaged, (data, inputs, labels, latents, kind_of)
    found["members.npz"] = npz(ARRAYS), damage_member, (data, inputs, labels, latents, kind_of)
    found["images-idx3-ubyte"] = idx(PIXELS), damaged, (inputs, kind_of)
    found["images.gz"] = gzip.compress(idx(PIXELS)), damaged, (inputs, kind_of)
    found["packed.gz"] = idx(PIXELS), lambda data, chance: gzip.compress(damaged(data, chance)), (inputs,)
    found["labels-idx1-ubyte"] = idx(np.arange(3)), damaged, (labels,)
    pictures = {
        "a.png": picture("PNG"),
        "b.png": picture("PNG", "P"),
        "c.png": picture("PNG", "LA"),
        "a.jpg": picture("JPEG", "RGB", exif=Image.Exif()),
        "a.gif": picture("GIF", "P"),
        "a.webp": picture("WEBP", "RGBA"),
        "a.bmp": picture("BMP"),
        "a.tif": picture("TIFF", "F"),
        "a.ppm": picture("PPM"),
        "a.ico": picture("ICO", "RGBA"),
    }
    for name, content in pictures.items():
        found[name] = content, damaged, (read_image, image_header, inputs, kind_of)
    for name in ("texts.png", "texts.gif", "texts.webp"):
        path = tmp_path / name
        if name.endswith("png"):
            save_png(path, PIXELS[0][..., None])
        else:
            Image.fromarray(PIXELS[0]).save(path)
        embed(path, texts)
        found[name] = path.read_bytes(), damaged, (read_metadata, session_file.load, kind_of)
    film = tmp_path / "texts.mp4"
    for _ in write_animation(film, [PIXELS[0].repeat(4, 0).repeat(4, 1)[..., None].repeat(3, 2)] * 2, 10, metadata=texts):
        pass
    found["texts.mp4"] = film.read_bytes(), damaged, (read_metadata, kind_of)
    found["a.zscape.json"] = session.encode(), damaged, (session_file.load, kind_of)
    found["model.safetensors"] = tiny_model.read_bytes(), damaged, (read_spec, load_model, kind_of)
    kept = tmp_path / "directions.safetensors"
    save_directions(kept, DirectionSet("tiny", "0" * 64, (Direction("slant", "z", (1.0,) * 12, provenance={"from": "a test"}),)))
    found["directions.safetensors"] = kept.read_bytes(), damaged, (known, kind_of)
    saved = tmp_path / "run.safetensors"
    save_run(saved, {"weights": torch.zeros(3)}, {"family": "dcgan", "steps": 3}, 2.5)
    found["run.safetensors"] = saved.read_bytes(), damaged, (run, kind_of)
    found["run.toml"] = CONFIG.encode(), damaged, (load_config,)
    found["recipe"] = recipe_json(recipe_of(classes=(0.0, 1.0, 0.0), numbers=(0.5, -1.0, 2.0, 0.25))).encode(), damaged, (recipe,)
    found["last-picture.png"] = picture("PNG"), damaged, (lambda path: load_last(path.parent),)
    classifier = (BUNDLED / "classifier-mnist.safetensors").read_bytes()
    found["classifier.safetensors"] = classifier[:3000], damaged, (load_classifier,)
    return found


def outcome(reader, path):
    """The message of `reader` about the file, "" if it can be read. Exceptions other than ZscapeError fail the test."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            reader(path)
        except ZscapeError as error:
            return str(error)
        except Exception as error:
            pytest.fail(f"{path.name}, {getattr(reader, '__name__', reader)}: {type(error).__name__}: {error}")
    return ""


def test_a_damaged_file_is_read_or_refused_in_one_line(tmp_path, tiny_model):
    chance = random.Random(20)
    (tmp_path / "damaged").mkdir()
    for name, (content, damage, readers) in files(tmp_path, tiny_model).items():
        path = tmp_path / "damaged" / name
        for number in range(TIMES):
            path.write_bytes(damage(content, chance))
            for reader in readers:
                said = outcome(reader, path)
                assert "\n" not in said, (name, number, said)
        path.unlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_or_a_device_is_refused_at_once(tmp_path, tiny_model):
    (tmp_path / "odd").mkdir()
    for name, (_, _, readers) in files(tmp_path, tiny_model).items():
        if name in OF_FOLDERS:
            continue
        pipe, endless = tmp_path / "odd" / f"pipe-{name}", tmp_path / "odd" / f"endless-{name}"
        os.mkfifo(pipe)  # nothing will ever write to it
        endless.symlink_to("/dev/zero")
        for path in (pipe, endless):
            for reader in readers:
                assert "pipe" in outcome(reader, path), path


def test_deeply_nested_or_huge_content_is_refused_in_one_line(tmp_path, tiny_model):
    deep = '{"a":' * 20_000 + "1" + "}" * 20_000
    found, run, config, units, film = (
        tmp_path / name for name in ("a.safetensors", "b.safetensors", "a.toml", "a.json", "b.json")
    )
    save_tensors(found, {}, {directions.KEY: deep})
    save_tensors(run, {}, {run_file.KEY: f'{{"fixed":{deep},"seconds":1,"sha256":""}}'})
    config.write_text("a = " + "[" * 20_000)
    units.write_text('{"units":{"kind":{}},"format":1,"model":"tiny","sha256":"' + read_spec(tiny_model).sha256 + '"}')
    film.write_text(f'{{"timeline":1,"seconds":1,"{"long" * 9999}":"\\u001b[31m"}}')
    readers = {found: load_directions, run: lambda path: load_run(path, {}), config: load_config, film: timeline_in}
    for path, reader in {**readers, units: lambda path: load_units(path, read_spec(tiny_model))}.items():
        said = outcome(reader, path)
        assert 20 < len(said) < 1200, path
        assert said.isprintable(), path
