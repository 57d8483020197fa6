"""What a person is told whose click, command or form came to nothing: one line each."""

from __future__ import annotations

# Slack's names for a window that was opened more than three seconds after the click.
TOO_LATE = ("expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged")

WINDOW = "Slack did not open the window in time. Please click again."
REFUSED = "Slack refused to show this. It has been logged; clicking again will hardly help."
SLACK = "Slack could not be reached to show this. Please try again in a minute."
DATABASE = (
    "This came to nothing because our database cannot be reached just now. "
    "Please try again in a few minutes."
)
FAULT = "This came to nothing because of a fault on our side. It has been logged."
