"""Several checkpoints of one start → one, by the mean of their weights ("Model soups", ICML 2022).

python training/average.py --out FOLDER/final.pt RUN_1/final.pt RUN_2/final.pt
"""

import argparse
from pathlib import Path

import torch
from torch import Tensor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    torch.save(average([torch.load(path) for path in chosen.checkpoints]), chosen.out)


def average(weights: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of each tensor. Only runs that began at the same weights may be averaged."""
    return {name: torch.stack([each[name] for each in weights]).mean(dim=0) for name in weights[0]}


if __name__ == "__main__":
    main()
