"""The left half of the build check: the text, examples to start from, parts to pick."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from assistant.front.page.calculators_fields import Options
from assistant.front.page.calculators_html import name_lists

EXAMPLES = (
    (
        "Four-GPU workstation",
        "GPU: 4x RTX 2080 Ti (blower fans)\nCPU: Threadripper 1920X\nMotherboard: X399\n"
        "Slots: 8\nRAM: 64 GB\nPSU: 1600 W\nStorage: SSD\nCase: full tower",
    ),
    (
        "Two-GPU desktop",
        "GPU: 2x RTX 2070\nCPU: Core i7-8700K\nMotherboard: Z370\nRAM: 32 GB\nPSU: 650 W\n"
        "Storage: NVMe SSD",
    ),
    (
        "First machine",
        "GPU: GTX 1060 6GB\nCPU: Ryzen 5 2600\nMotherboard: B450\nRAM: 16 GB\nPSU: 450 W\n"
        "Storage: SSD",
    ),
)
PLACEHOLDER = "GPU: 4x RTX 2080 Ti\nCPU: Threadripper 1920X\nRAM: 64 GB\nPSU: 1600 W"


@dataclass(frozen=True, slots=True)
class Pick:
    """A part to pick: it writes the line "label: value unit" into the text."""

    line: str
    label: str
    help: str = ""
    unit: str = ""
    names: str = ""
    options: Options = ()


PICKS = (
    Pick("GPU", "Graphics card", "Other cards beside it: write a line for each.", names="rw-gpus"),
    Pick("count", "How many", unit="cards"),
    Pick("fans", "Their cooling", options=(
        ("", "Not said"), ("blower fans", "Blower fans"), ("open fans", "Open fans"),
        ("water-cooled", "Water-cooled"))),
    Pick("CPU", "CPU", names="rw-cpus"),
    Pick("Motherboard", "Motherboard", "Its chipset is enough: X399.", names="rw-chipsets"),
    Pick("Slots", "Expansion slots", unit="slots"),
    Pick("RAM", "RAM", unit="GB"),
    Pick("PSU", "Power supply", unit="W"),
    Pick("Storage", "Storage", options=(
        ("", "Not said"), ("SSD", "SATA SSD"), ("NVMe SSD", "NVMe SSD"),
        ("hard drive", "Hard drive"))),
    Pick("Case", "Case"),
    Pick("CPU cooler", "CPU cooler"),
)  # fmt: skip


def build_html() -> str:
    """Return the whole view, its report still empty."""
    examples = "".join(
        f'<button type="button" class="rw-button" data-example="{escape(text)}">{name}</button>'
        for name, text in EXAMPLES
    )
    picks = "".join(_pick(pick, f"rw-pick-{index}") for index, pick in enumerate(PICKS))
    return (
        '<div class="rw-build"><form class="rw-build-form" autocomplete="off">'
        "<h2>Check my build</h2>"
        "<p>Pick the parts or paste a list; both say the same. Each verdict shows its source.</p>"
        f'<div class="rw-examples" role="group" aria-label="Examples"><span>Start from:</span>'
        f"{examples}</div>"
        '<div class="rw-field"><label for="rw-build-text">Your parts</label>'
        f'<textarea id="rw-build-text" rows="9" spellcheck="false" '
        f'aria-describedby="rw-build-help" placeholder="{PLACEHOLDER}"></textarea>'
        '<p class="rw-help" id="rw-build-help">One part a line, as you would post it; a list from '
        "a parts site or a sentence will do.</p></div>"
        '<div class="rw-actions"><button type="submit" class="rw-button primary" id="check-build">'
        'Check my build</button><button type="button" class="rw-button" data-do="clear">Clear'
        "</button></div>"
        '<details class="rw-picker rw-more" open><summary>Pick parts</summary>'
        f'<div class="rw-fields">{picks}</div></details></form>'
        '<section id="build-report" class="rw-sheet" aria-label="Report"></section></div>'
        f'<p class="rw-unseen" role="status" id="build-said"></p>{name_lists("build-")}'
    )


def _pick(pick: Pick, id: str) -> str:
    help = f'<p class="rw-help" id="{id}-help">{pick.help}</p>' if pick.help else ""
    described = f' aria-describedby="{id}-help"' if help else ""
    if pick.options:
        options = "".join(f'<option value="{value}">{label}</option>'
                          for value, label in pick.options)  # fmt: skip
        control = f'<select id="{id}"{described}>{options}</select>'
    else:
        names = f' list="build-{pick.names}"' if pick.names else ""
        mode = ' inputmode="numeric"' if pick.unit else ""
        control = f'<input type="text" id="{id}" spellcheck="false"{names}{mode}{described}>'
    unit = f'<span class="rw-unit">{pick.unit}</span>' if pick.unit else ""
    return (
        f'<div class="rw-field" data-line="{pick.line}" data-unit="{pick.unit}">'
        f'<label for="{id}">{pick.label}</label><div class="rw-control">{control}{unit}</div>'
        f"{help}</div>"
    )
