"""Text → label scores and sentence vectors; the only room that knows ONNX."""

from onrecord.encoder.onnx import OnnxEncoder, encoder_version
from onrecord.records.scores import Encoder

__all__ = ["encoder_version", "load_encoder"]


def load_encoder(threads: int = 2) -> Encoder:
    """The shipped encoder. Raises ModelError if a model file is missing or was changed."""
    return OnnxEncoder(threads)
