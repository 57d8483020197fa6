"""Who may ask: members of the workspace, and where."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from assistant.front.slack.payloads import Body, channel_of, first_of, id_of, part_of
from assistant.front.slack.types import Identity


@dataclass(frozen=True, slots=True)
class Guard:
    """Who may ask: the members of the token's workspace and of those allowed, where allowed."""

    identity: Identity
    teams: Collection[str] = ()
    channels: Collection[str] = ()

    def lets_in(self, body: Body) -> bool:
        """Tell whether a payload comes from a person who may ask, in a channel for it."""
        home = {self.identity.team, self.identity.enterprise, *self.teams} - {""}
        return (
            _installed_in(body) in {self.identity.team, self.identity.enterprise} - {""}
            and _author_team(body) in home
            and self._may_speak_in(channel_of(body))
        )

    def _may_speak_in(self, channel: str) -> bool:
        return not self.channels or not channel or channel[0] == "D" or channel in self.channels


def _installed_in(body: Body) -> str:
    """Return the workspace (or organisation) whose installation a payload is for."""
    first = first_of(body, "authorizations")
    if first:
        return id_of(first.get("team_id") or first.get("enterprise_id"))
    team = part_of(body, "team").get("id") or body.get("team_id")
    return id_of(team or part_of(body, "enterprise").get("id"))


def _author_team(body: Body) -> str:
    """Return the workspace of who wrote or clicked; empty where a shared channel hides it."""
    if "event" in body:
        event = part_of(body, "event")
        named = event.get("user_team") or event.get("source_team") or event.get("team")
        return id_of(named or ("" if body.get("is_ext_shared_channel") else body.get("team_id")))
    if "user" in body:
        return id_of(part_of(body, "user").get("team_id") or part_of(body, "team").get("id"))
    return id_of(body.get("team_id"))
