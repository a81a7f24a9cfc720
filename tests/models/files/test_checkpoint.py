"""Model files: what was saved is loaded unchanged, and files that are not sound models are refused."""

import json
import pickle
import zipfile
from dataclasses import replace

import msgspec
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from recipes import inputs
from safetensors.torch import load_file, save_file

from zscape.models.errors import ZscapeError
from zscape.models.families.dcgan import DCGANConfig, DCGANDiscriminator, DCGANEncoder, DCGANGenerator
from zscape.models.files.checkpoint import Model, fingerprint, load_model, save_model
from zscape.models.files.header import read_spec, spec_json
from zscape.models.files.spec import Spec

CONFIG = DCGANConfig(z_size=4, classes=3, hidden=6, generator_maps=(5, 3), discriminator_maps=(2, 3))


def make_model(**changes):
    torch.manual_seed(3)
    spec = Spec(
        name="tiny",
        family="dcgan",
        config=json.loads(msgspec.json.encode(CONFIG)),
        inputs=inputs(4, "abc"),
        image_shape=(1, 28, 28),
        data="digits",
        measures={"mse": 0.25},
        recorded={"seed": 3, "versions": {"torch": "x"}},
        coordinates={"slant": 1},
    )
    model = Model(spec, DCGANGenerator(CONFIG).eval(), DCGANEncoder(CONFIG).eval(), DCGANDiscriminator(CONFIG).eval())
    return replace(model, **changes)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "tiny.safetensors"
    save_model(path, make_model())
    return path


def rewrite(path, change_spec=lambda spec: spec, change_tensors=lambda tensors: tensors, rehash=True):
    """Change the spec in the file's header (a dict) or its tensors; rehash: whether to update the hash to match."""
    spec, tensors = json.loads(spec_json(read_spec(path))), change_tensors(load_file(path))
    if rehash:
        spec["sha256"] = fingerprint(tensors)
    save_file(tensors, path, {"zscape": json.dumps(change_spec(spec))})


@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("parts", [("encoder", "discriminator"), ("encoder",), ()], ids=str)
def test_a_model_comes_back_as_it_was_saved(tmp_path, half, parts):
    model = make_model(**{part: None for part in ("encoder", "discriminator") if part not in parts})
    spec = save_model(tmp_path / "new" / "m.safetensors", model, half=half)
    back = load_model(tmp_path / "new" / "m.safetensors")
    assert back.spec == spec == read_spec(tmp_path / "new" / "m.safetensors")
    assert replace(spec, sha256="") == model.spec
    assert back.parts.keys() == model.parts.keys()
    for part, network in model.parts.items():
        for name, tensor in network.state_dict().items():
            found = back.parts[part].state_dict()[name]
            assert found.dtype == tensor.dtype
            torch.testing.assert_close(found, tensor, rtol=1e-3 if half else 0, atol=1e-6 if half else 0)
    z, c = torch.randn(2, 4), torch.eye(3)[:2]
    assert (back.generator({"z": z, "class": c}) - model.generator({"z": z, "class": c})).abs().max() < (
        1 / 255 if half else 1e-7
    )
    assert not any(parameter.requires_grad for parameter in back.generator.parameters())


def test_a_failed_save_leaves_the_old_file_and_no_other(file, monkeypatch):
    before = file.read_bytes()
    model = make_model()
    with torch.no_grad():
        model.generator.ups[0].weight[0, 0, 0, 0] = float("nan")
    with pytest.raises(ZscapeError, match="not finite"):
        save_model(file, model)

    def full(tensor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("zscape.models.files.checkpoint.bytes_of", full)
    monkeypatch.setattr("zscape.models.files.checkpoint.fingerprint", lambda tensors: "")
    with pytest.raises(ZscapeError, match="No space left on device"):
        save_model(file, make_model())
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_the_file_is_what_other_programs_call_safetensors(file):
    tensors = load_file(file)
    model = make_model()
    assert tensors.keys() == {f"{part}.{name}" for part, network in model.parts.items() for name in network.state_dict()}
    for name, tensor in model.generator.state_dict().items():
        assert torch.equal(tensors[f"generator.{name}"], tensor)


def test_a_folder_that_is_a_file_cannot_be_written_into(file):
    with pytest.raises(ZscapeError, match="Cannot write"):
        save_model(file / "m.safetensors", make_model())


def change(**values):
    return lambda spec: {**spec, **values}


def change_input(place, **values):
    return lambda spec: {**spec, "inputs": [{**each, **values} if k == place else each for k, each in enumerate(spec["inputs"])]}


def change_first(**values):
    """A header of the first format with `values` changed."""

    def changed(spec):
        kept = {name: value for name, value in spec.items() if name not in ("inputs", "coordinates")}
        return {**kept, "z_size": 4, "class_names": ["a", "b", "c"], "knobs": {"slant": 1}, "format": 1, **values}

    return changed


def test_a_model_of_the_first_format_opens(file):
    rewrite(file, change_first())
    again, model = load_model(file), make_model()
    assert again.spec.inputs == model.spec.inputs
    assert again.spec.coordinates == {"slant": 1}


def change_config(**values):
    return lambda spec: {**spec, "config": {**spec["config"], **values}}


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        (change(family="magic"), "magic"),
        (change(format=99), "format 99"),
        (change(format="new"), "format new"),
        (change_input(0, size=5), "do not fit"),
        (change_input(0, size="4"), "cannot be read"),
        (change_input(0, size=0), "from 1 to"),
        (change_input(0, kind="smell"), "smell"),
        (change_input(1, labels=["a", "b"]), "2 class names"),
        (change_input(1, labels=[]), "from 1 to"),
        (change_input(1, name="z"), "called 'z'"),
        (change(inputs=[]), "at least one input"),
        (change(inputs=7), "does not describe a model"),
        (change_first(z_size=5), "do not fit"),
        (change_first(z_size="4"), "from 1 to"),
        (change_first(class_names=["a", "b"]), "2 class names"),
        (change_first(class_names=[]), "from 1 to"),
        (change_first(knobs={"slant": 9}), "coordinate"),
        (change(image_shape=[1, 28]), "image_shape"),
        (change(image_shape=[3, 28, 28]), "do not fit"),
        (change(coordinates={"slant": 9}), "coordinate"),
        (change(name=7), "name"),
        (change_config(hidden=7), "its config says"),
        (change_config(hidden=10**12), "hidden"),
        (change_config(hidden="6"), "hidden"),
        (change_config(generator_maps=[5, 2**11]), "its config says"),
        (change_config(depth=3), "depth"),
        (change_config(size=64, generator_maps=[2, 2, 2, 2], discriminator_maps=[2, 2, 2, 2], classes=3), "do not fit"),
    ],
)
def test_a_header_that_lies_is_found_out(file, lie, said):
    rewrite(file, lie)
    with pytest.raises(ZscapeError, match=said):
        load_model(file)


def without(name):
    return lambda tensors: {key: tensor for key, tensor in tensors.items() if key != name}


def with_tensor(name, make):
    return lambda tensors: {**tensors, name: make(tensors.get(name))}


WEIGHT = "generator.linear.weight"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (without(WEIGHT), f"'{WEIGHT}' is missing"),
        (lambda tensors: {key: tensor for key, tensor in tensors.items() if "generator" not in key}, "no generator"),
        (with_tensor("generator.more", lambda _: torch.zeros(1)), "generator.more"),
        (with_tensor("other", lambda _: torch.zeros(1)), "other"),
        (with_tensor(WEIGHT, lambda tensor: tensor[:-1].clone()), WEIGHT),
        (with_tensor(WEIGHT, lambda tensor: tensor.double()), "F64"),
        (with_tensor(WEIGHT, lambda tensor: tensor.long()), "I64"),
        (with_tensor(WEIGHT, lambda tensor: tensor * float("nan")), "not finite"),
        (with_tensor(WEIGHT, lambda tensor: tensor * float("inf")), "not finite"),
    ],
)
def test_tensors_that_are_not_the_familys_are_refused(file, damage, said, monkeypatch):
    monkeypatch.setattr(
        "zscape.models.files.checkpoint.NAMES",
        {torch.float16: "F16", torch.float32: "F32", torch.int64: "I64", torch.double: "F64"},
    )
    rewrite(file, change_tensors=damage)
    with pytest.raises(ZscapeError, match=said):
        load_model(file)


def test_weights_swapped_or_changed_after_saving_do_not_fit_the_hash(file):
    rewrite(file, change_tensors=with_tensor(WEIGHT, lambda tensor: tensor.flip(0)), rehash=False)
    with pytest.raises(ZscapeError, match="damaged"):
        load_model(file)


class Trap:
    def __reduce__(self):
        return (pytest.fail, ("opening the file ran its code",))


def zipped(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", b"x")


STRANGERS = {
    "pickle.safetensors": (lambda path: path.write_bytes(pickle.dumps(Trap())), "programs"),
    "zip.safetensors": (zipped, "programs"),
    "weights.pt": (lambda path: torch.save({"a": torch.zeros(1)}, path), "programs"),
    "old.pth": (lambda path: torch.save({}, path, _use_new_zipfile_serialization=False), "programs"),
    "text.safetensors": (lambda path: path.write_text("a picture of a digit, really"), "not a safetensors file"),
    "empty.safetensors": (lambda path: path.write_bytes(b""), "only 0 bytes"),
    "folder.safetensors": (lambda path: path.mkdir(), "folder"),
    "missing.safetensors": (lambda path: None, "No such file"),
    "huge.safetensors": (lambda path: path.write_bytes(b"\xff" * 64), "not a safetensors file"),
    "list.safetensors": (lambda path: path.write_bytes((2).to_bytes(8, "little") + b"[]"), "damaged"),
    "deep.safetensors": (lambda path: path.write_bytes((9000).to_bytes(8, "little") + b"[" * 9000), "damaged"),
    "tensors.safetensors": (lambda path: save_file({"a": torch.zeros(2)}, path), "no Zscape model"),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_what_is_no_model_gets_one_clear_line(tmp_path, name):
    make, said = STRANGERS[name]
    make(tmp_path / name)
    for read in (load_model, read_spec):
        with pytest.raises(ZscapeError, match=said) as caught:
            read(tmp_path / name)
        assert "\n" not in str(caught.value)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    path = tmp_path_factory.mktemp("fuzz") / "tiny.safetensors"
    save_model(path, make_model(encoder=None, discriminator=None))
    return path.read_bytes(), path.with_name("damaged.safetensors")


@given(data=st.data())
@settings(max_examples=100)
def test_damaged_bytes_give_a_model_or_one_clear_error(sound, data):
    content, path = bytearray(sound[0]), sound[1]
    header = 8 + int.from_bytes(content[:8], "little")
    for _ in range(data.draw(st.integers(0, 3))):
        place = data.draw(st.integers(0, header + 64) | st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.just(len(content)) | st.integers(0, len(content)))])
    try:
        model = load_model(path)
    except ZscapeError:
        assert bytes(content) != sound[0] or path.stat().st_size < len(content)
    else:
        assert all(torch.isfinite(tensor).all() for tensor in model.generator.state_dict().values())
