"""One word for what goes by several, before a text is encoded.

The encoder was trained on ordinary English: "graphics card", "GPU" and "video card" are three
things to it, and "1080ti" is none. Views and questions are encoded in the guide's own words; what
is shown, quoted and counted stays as it was written.
"""

from __future__ import annotations

import re

# Each also in the plural.
NAMES = {
    "GPU": (
        "graphics card",
        "graphic card",
        "graphics board",
        "graphics chip",
        "graphics processor",
        "video card",
        "video board",
        "gfx card",
        "accelerator",
    ),
    "CPU": ("processor",),
    "motherboard": ("mobo", "mainboard", "mother board", "main board"),
    "case": ("tower", "housing", "chassis"),
    "monitor": ("screen", "display"),
    "laptop": ("notebook",),
    "hard drive": (
        "hdd",
        "hard disk",
        "mechanical disk",
        "mechanical drive",
        "spinning disk",
        "spinning drive",
    ),
    "SSD": ("flash drive", "solid state drive", "solid state disk", "solid-state drive"),
    "AMD GPU": ("radeon",),
    "convolutional network": ("cnn", "convnet", "conv net", "convolutional net"),
}
WORDS = {
    "RAM": (
        "main memory",
        "system memory",
        "host memory",
        "memory stick",
        "memory sticks",
        "memory module",
        "memory modules",
    ),
    "GPU memory": ("vram", "graphics memory", "graphics ram", "video memory", "video ram"),
    "16-bit": ("fp16", "float16", "half precision", "half-precision"),
    "32-bit": ("fp32", "float32", "single precision", "single-precision"),
    "SSD storage": ("flash storage",),
    "water": ("liquid",),
    "deep learning": ("dl",),
    "multiple GPUs": ("multi-gpu", "multi gpu", "multigpu"),
    "GB": ("gig", "gigs", "gigabyte", "gigabytes"),
    "faster": ("quicker",),
    "fast": ("quick",),
    "forward": ("fwd",),
    "backward": ("bwd",),
    "batch size": ("bs",),
    "overclocking": ("clocking up",),
    "overclock": ("clock up",),
    "2": ("a pair of", "a couple of", "pair of", "couple of"),
    "4": ("a quartet of", "quartet of"),
}
SAID = {
    **{name: word for word, names in WORDS.items() for name in names},
    **{name: word for word, names in NAMES.items() for name in names},
    **{f"{name}s": f"{word}s" for word, names in NAMES.items() for name in names},
}
_LONGEST_FIRST = sorted(map(re.escape, SAID), key=len, reverse=True)
_SAID = re.compile(rf"(?i)(?<![\w-])(?<!jupyter )(?:{'|'.join(_LONGEST_FIRST)})(?![\w-])")
_COUNTS = {"dual": "2", "triple": "3", "quad": "4"}
_COUNT = re.compile(rf"(?i)\b(?:{'|'.join(_COUNTS)})\b(?![- ](?:core|channel))")
_REST = (
    # A card is a graphics card, unless it is another.
    (
        re.compile(
            r"(?i)(?<!network )(?<!infiniband )(?<!ethernet )(?<!sound )(?<!fdr )(?<!wifi )"
            r"(?<!credit )\bcard(s?)\b"
        ),
        r"GPU\1",
    ),
    (re.compile(r"(?i)\b(gtx|rtx)(\d)"), r"\1 \2"),
    (re.compile(r"(?i)\bresnet(\d)"), r"ResNet-\1"),
    (re.compile(r"(?i)\b(\d{3,4})\s*-?ti\b"), r"\1 Ti"),
    (re.compile(r"(?i)\bx(16|8|4)\b|\b(16)x\b"), r"\1\2 lanes"),
)


def in_one_wording(text: str) -> str:
    """Return the text with the guide's words for what it names."""
    text = _SAID.sub(lambda found: SAID[found[0].lower()], text)
    text = _COUNT.sub(lambda found: _COUNTS[found[0].lower()], text)
    for pattern, replacement in _REST:
        text = pattern.sub(replacement, text)
    return text
