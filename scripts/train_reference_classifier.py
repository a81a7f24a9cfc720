"""Train a reference classifier for `zscape evaluate`: resources/classifier-DATA.safetensors, in half precision.

OMP_NUM_THREADS=1 python scripts/train_reference_classifier.py mnist [--epochs 12] [--seed 0] [--out FILE]

DATA is a name or a folder, as for `zscape train --data`. A fixed part of it is held out (see models/evaluation/reference.py); its
accuracy is printed and written into the file. 60,000 digits take about five minutes on one core.
"""

import argparse
from pathlib import Path

from zscape.app.cli.show import show
from zscape.models.data.sources import load
from zscape.models.evaluation.classifier_training import train_reference_classifier
from zscape.models.evaluation.reference_classifier import load_classifier, save_classifier
from zscape.models.files.library import BUNDLED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("--epochs", type=float, default=12)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    data = load(given.data)
    path = given.out or BUNDLED / f"classifier-{data.name}.safetensors"
    save_classifier(path, show(train_reference_classifier(data, given.epochs, given.seed)))
    spec = load_classifier(path).spec
    print(f"{path}: {path.stat().st_size:,} bytes; {spec.accuracy:.2%} right on {spec.held_out:,} held-out pictures")


if __name__ == "__main__":
    main()
