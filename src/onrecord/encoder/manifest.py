"""SHA-256 of every model file, written by training/export.py. A file with another hash is never loaded."""

MANIFEST: dict[str, str] = {
    "links.json": "a68f1e8e77d85645561da8e66203dd3e96426f1199451985aa9ac6925d5c988d",
    "sense.onnx": "1a45ccf090ff2dab6da48aef4d38216e7c23ce4ebaeb7e167b1978f77c454b32",
    "sentences.onnx": "3b3a27aa5e6088f9a904be1460e8c39c985a9172ef19b4bc423bdf6596d040a9",
    "sentences_lower.onnx": "a0b8f7fdf9925323953fa6b558ed6524b3a04bd6eddba222a1d37323f1f889db",
    "tagger.onnx": "69dc986f07b68671ec73d8b1cf8544a92a6d1989dc00676c1ae300c3c075c3a3",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
