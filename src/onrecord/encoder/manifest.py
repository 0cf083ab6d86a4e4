"""SHA-256 of every model file, written by training/export.py. A file with another hash is never loaded."""

MANIFEST: dict[str, str] = {
    "links.json": "f4e3f31ac8338c163f45134c37ee6c9fabae967985051ee53c6fb6ffb1e144d5",
    "sense.onnx": "1a45ccf090ff2dab6da48aef4d38216e7c23ce4ebaeb7e167b1978f77c454b32",
    "sentences.onnx": "3b3a27aa5e6088f9a904be1460e8c39c985a9172ef19b4bc423bdf6596d040a9",
    "sentences_lower.onnx": "a0b8f7fdf9925323953fa6b558ed6524b3a04bd6eddba222a1d37323f1f889db",
    "tagger.onnx": "19f62fa229bbb99e895e3289b2b88a2618f15607ea16e63c3f0daf7664de39d9",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
