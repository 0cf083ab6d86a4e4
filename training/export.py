"""Checkpoint → int8 ONNX files inside the package, with their hashes in code.

    python training/export.py --checkpoint FOLDER/final.pt --base MINILM_FOLDER --out src/onrecord/encoder
"""

import argparse
import json
import tempfile
from hashlib import sha256
from pathlib import Path

import torch
from model import Tagger
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

HEAD = '"""SHA-256 of every model file, written by training/export.py. A file with another hash is never loaded."""\n\n'


class ScoresOnly(nn.Module):
    """The tagger without padding: one window at a time, so that results never depend on what else is in a batch."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, pieces: Tensor, features: Tensor) -> Tensor:
        return self.tagger(pieces, features, torch.ones_like(pieces, dtype=torch.bool))


class SentencesOnly(nn.Module):
    """The base model's last layer, before pooling."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, pieces: Tensor) -> Tensor:
        plain = torch.zeros((*pieces.shape, 3), dtype=torch.long)
        return self.tagger.encode(pieces, plain, torch.ones_like(pieces, dtype=torch.bool))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--skip-sentences", action="store_true", help="leave the sentence model as it is")
    chosen = parser.parse_args()
    place = chosen.out / "files"
    place.mkdir(exist_ok=True)
    tagger = Tagger(dropout=0.0)
    tagger.load_state_dict(torch.load(chosen.checkpoint))
    tagger.eval()
    pieces, features = torch.randint(1000, 2000, (1, 40)), torch.zeros(1, 40, 3, dtype=torch.long)
    write(ScoresOnly(tagger), (pieces, features), ["pieces", "features"], place / "tagger.onnx")
    table = {name: getattr(tagger, name).detach().tolist() for name in ("nothing", "nothing_bias", "distance", "crossing")}
    (place / "links.json").write_text(json.dumps(table))
    (place / "tokenizer.json").write_bytes((chosen.base / "tokenizer.json").read_bytes())
    if not chosen.skip_sentences:
        base = Tagger(dropout=0.0)
        base.load_base(chosen.base / "model.safetensors")
        for table_of in base.described:
            nn.init.zeros_(table_of.weight)
        base.eval()
        write(SentencesOnly(base), (pieces,), ["pieces"], place / "sentences.onnx")
    lines = [f'    "{path.name}": "{sha256(path.read_bytes()).hexdigest()}",\n' for path in sorted(place.iterdir())]
    (chosen.out / "manifest.py").write_text(HEAD + "MANIFEST: dict[str, str] = {\n" + "".join(lines) + "}\n")
    print({path.name: path.stat().st_size for path in place.iterdir()})


def write(model: nn.Module, example: tuple[Tensor, ...], names: list[str], path: Path) -> None:
    """Exports the model and quantises its weights to int8, one scale a column.

    reduce_range keeps 7 bits, so that processors without VNNI do not saturate and give other results.
    """
    axes = {name: {1: "length"} for name in names} | {"columns": {1: "length"}}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(model, example, str(full), input_names=names, output_names=["columns"], dynamic_axes=axes, opset_version=17, dynamo=False)
        quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


if __name__ == "__main__":
    main()
