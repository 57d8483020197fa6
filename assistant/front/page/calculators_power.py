"""The forms on power and money: supply, energy, buying or renting."""

from __future__ import annotations

from assistant.front.page.calculators_fields import CURRENCY, Field, Form

_GPU_WATTS = Field("gpu_watts", "Power of one card", "Instead of the figure known for its name.",
                   unit="W", more=True)  # fmt: skip
_COUNT_HELP = "Leave empty where the names say it."

PSU = Form(
    "psu",
    "The watts and connectors that a power supply needs.",
    asks=(("size", "Which supply do my parts need?"), ("cards", "How many cards does it carry?")),
    fields=(
        Field("supply_watts", "Power of the supply", "As printed on it.", unit="W", value="1000",
              needed=True, asks="cards"),
        Field("gpu", "Graphics card", "Pick one, or write several: 2x RTX 2070, GTX 1070.", "gpu",
              value="RTX 2080 Ti", needed=True),
        Field("count", "How many cards", _COUNT_HELP, unit="cards", value="4", asks="size"),
        Field("cpu", "CPU", "Counts with 150 W if left empty, as in the guide.", "cpu",
              value="Core i9-9900K"),
        Field("supply_watts", "A supply that you have in mind", "Is it enough, and how loaded?",
              unit="W", asks="size", more=True),
        _GPU_WATTS,
        Field("cpu_watts", "Power of the CPU", "Of all CPUs together, instead of a name.",
              unit="W", more=True),
        Field("other_watts", "Power of everything else",
              "Board, disks, fans; 100 W in the guide’s example.", unit="W", more=True),
        Field("mains_voltage", "Wall socket", "For the limit of one household circuit.", "choice",
              options=(("", "Not said"), ("120", "120 V (15 A)"), ("230", "230 V (16 A)")),
              more=True),
    ),
)  # fmt: skip

ENERGY_COST = Form(
    "energy_cost",
    "What training costs in energy, money and CO₂, and what a better supply saves.",
    asks=(("cost", "What does a run cost?"), ("budget", "How long does my money last?")),
    ways=(("watts", "Watts of the system"), ("cards", "The cards in it")),
    way_label="How do you know its power?",
    fields=(
        Field("power", "Power of the whole system", "What the parts draw at full load.", unit="W",
              value="1000", needed=True, ways="watts"),
        Field("gpu", "Graphics card", "Pick one, or write several: 2x RTX 2070, GTX 1070.", "gpu",
              value="RTX 2080 Ti", needed=True, ways="cards"),
        Field("count", "How many cards", _COUNT_HELP, unit="cards", value="4", ways="cards"),
        Field("cpu_watts", "Power of the CPU", "Only the cards are counted if left empty.",
              unit="W", value="150", ways="cards"),
        Field("duration", "How long it runs", "", value="2", needed=True, asks="cost",
              units=(("weeks", "weeks"), ("days", "days"), ("", "hours"))),
        Field("budget", "Money to spend", "", value="100", needed=True, asks="budget"),
        Field("price", "Price of a kWh", "From your bill; 0.20 € in the guide.", unit="per kWh",
              value="0.2"),
        CURRENCY,
        Field("efficiency", "Efficiency of the supply", "In %, or its 80 PLUS rating.", "rating",
              value="80%"),
        Field("better_efficiency", "A better supply", "What does it save?", "rating",
              value="gold"),
        Field("hours_per_day", "Hours a day", "In which it runs.", unit="h a day", value="24",
              more=True),
        Field("utilisation", "Share of full power", "While it runs.", "share", unit="%",
              value="100", more=True),
        Field("co2", "CO₂ of a kWh", "From your supplier or grid.", unit="kg per kWh", more=True),
        Field("budget", "Money that it may cost", "Does the run stay within?", asks="cost",
              more=True),
        Field("gpu_watts", "Power of one card", "Instead of the figure known for its name.",
              unit="W", ways="cards", more=True),
    ),
)  # fmt: skip

BUY_OR_RENT = Form(
    "buy_or_rent",
    "When a machine of your own has paid for itself against a rented one.",
    asks=(
        ("when", "When has buying paid?"),
        ("price", "What may a machine cost?"),
        ("rent", "Which rent is even?"),
    ),
    fields=(
        Field("price", "Price of the machine", "All of it, not the cards alone.", value="3000",
              needed=True, asks="when rent"),
        Field("rent", "Rent of a like machine", "", value="0.9", needed=True, asks="when price",
              units=(("", "per hour"), ("money/day", "per day"), ("money/month", "per month"))),
        Field("months", "Time of use", "", unit="months", value="12", needed=True,
              asks="price rent"),
        Field("hours_per_day", "Hours a day", "In which it would be used.", unit="h a day",
              value="12"),
        CURRENCY,
        Field("power", "Power of the machine", "While it is used.", unit="W", value="500"),
        Field("power_price", "Price of a kWh", "Electricity counts only with both.",
              unit="per kWh", value="0.2"),
        Field("months", "Time of use", "Which is cheaper by then?", unit="months", asks="when",
              more=True),
        Field("days", "Time of use in days", "Instead of months.", unit="days", more=True),
    ),
)  # fmt: skip
