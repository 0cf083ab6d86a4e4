"""Checkpoint → int8 ONNX files inside the package, with their hashes in code.

python training/export.py --checkpoint FOLDER/final.pt --sentences FOLDER/sentences.pt \\
    --base MINILM_FOLDER --out src/onrecord/encoder

Either checkpoint may be left out: the file made from it stays as it is.
"""

import argparse
import json
import tempfile
from hashlib import sha256
from pathlib import Path

import onnx
import torch
from graph import build_lower, build_tagger, build_upper
from model import Tagger
from onnxruntime.quantization import QuantType, quantize_dynamic

FLOATS = {"DefaultTensorType": onnx.TensorProto.FLOAT}  # what the fused nodes give
HEAD = '"""SHA-256 of every model file, written by training/export.py. A file with another hash is never loaded."""\n\n'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, help="of the tagger, from train.py")
    parser.add_argument("--sentences", type=Path, help="of the sentence model, from train_sentences.py")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    place = chosen.out / "files"
    place.mkdir(exist_ok=True)
    (place / "tokenizer.json").write_bytes((chosen.base / "tokenizer.json").read_bytes())
    if chosen.checkpoint is not None:
        tagger = load(chosen.checkpoint)
        write(build_tagger(tagger), place / "tagger.onnx")
        table = {
            name: getattr(tagger, name).detach().tolist()
            for name in ("nothing", "nothing_bias", "distance", "crossing")
        }
        (place / "links.json").write_text(json.dumps(table))
    if chosen.sentences is not None:
        published = Tagger(dropout=0.0)
        published.load_base(chosen.base / "model.safetensors")
        write(build_lower(published), place / "sentences_lower.onnx")
        write(build_upper(published), place / "sentences.onnx")
        write(build_upper(load(chosen.sentences)), place / "sense.onnx")
    lines = [f'    "{path.name}": "{sha256(path.read_bytes()).hexdigest()}",\n' for path in sorted(place.iterdir())]
    (chosen.out / "manifest.py").write_text(HEAD + "MANIFEST: dict[str, str] = {\n" + "".join(lines) + "}\n")
    print({path.name: path.stat().st_size for path in place.iterdir()})


def load(checkpoint: Path) -> Tagger:
    tagger = Tagger(dropout=0.0)
    tagger.load_state_dict(torch.load(checkpoint))
    tagger.eval()
    return tagger


def write(model: onnx.ModelProto, path: Path) -> None:
    """Quantises the weights to int8, one scale a column, and saves.

    reduce_range keeps 7 bits, so that processors without VNNI do not saturate and give other results.
    """
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        onnx.save(model, full)
        quantize_dynamic(
            full, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, extra_options=FLOATS
        )


if __name__ == "__main__":
    main()
