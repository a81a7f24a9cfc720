"""A file is replaced as a whole or not at all."""

import pytest

from zscape.models.files.atomic import replacing


def test_a_replaced_file_is_the_old_one_until_the_block_ends(tmp_path):
    path = tmp_path / "deep" / "file.txt"
    with replacing(path) as temporary:
        temporary.write_text("new")
        assert not path.exists()
        assert temporary.suffix == ".txt"
    with pytest.raises(ZeroDivisionError), replacing(path) as temporary:
        temporary.write_text(str(1 / 0))
    assert path.read_text() == "new"
    assert list(path.parent.iterdir()) == [path]
    with pytest.raises(ZeroDivisionError), replacing(tmp_path / "deep" / "er" / "still" / "file.txt") as temporary:
        temporary.write_text(str(1 / 0))
    assert list(path.parent.iterdir()) == [path]  # folders made for the file are removed again
