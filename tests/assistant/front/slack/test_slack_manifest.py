"""The manifest: of the form that Slack takes, and equal to what the code registers."""

import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from assistant.front.slack import contract

ROOT = Path(__file__).parents[4]
ADDRESS = "https://rigwise.example.org/slack/events"


def strict(required=(), **properties):
    """An object that has no other properties: Slack refuses those that it does not know."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def text(longest, shortest=1, **further):
    return {"type": "string", "minLength": shortest, "maxLength": longest, **further}


FLAG = {"type": "boolean"}
URL = text(3000, pattern="^https?://")
# What docs.slack.dev/reference/app-manifest says of the parts that we use, with its limits.
FORM = strict(
    ("display_information",),
    _metadata=strict(major_version={"const": 2}, minor_version={"type": "integer"}),
    display_information=strict(
        ("name",),
        name=text(35),
        description=text(140),
        long_description=text(4000, 175),
        background_color=text(7, 4, pattern="^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$"),
    ),
    features=strict(
        app_home=strict(
            home_tab_enabled=FLAG,
            messages_tab_enabled=FLAG,
            messages_tab_read_only_enabled=FLAG,
        ),
        bot_user=strict(("display_name",), display_name=text(80), always_online=FLAG),
        slash_commands={
            "type": "array",
            "minItems": 1,
            "maxItems": 50,
            "items": strict(
                ("command", "description"),
                command=text(32, 2, pattern="^/"),
                url=URL,
                description=text(2000),
                usage_hint=text(1000),
                should_escape=FLAG,
            ),
        },
    ),
    oauth_config=strict(
        scopes=strict(
            bot={"type": "array", "uniqueItems": True, "maxItems": 255, "items": text(50)}
        )
    ),
    settings=strict(
        event_subscriptions=strict(
            request_url=URL,
            bot_events={"type": "array", "uniqueItems": True, "maxItems": 100, "items": text(50)},
        ),
        interactivity=strict(("is_enabled",), is_enabled=FLAG, request_url=URL),
        org_deploy_enabled=FLAG,
        socket_mode_enabled=FLAG,
        token_rotation_enabled=FLAG,
    ),
)


@pytest.fixture(scope="module")
def manifest():
    return yaml.safe_load((ROOT / "slack-manifest.yaml").read_text("utf-8"))


def test_the_manifest_has_the_form_that_slack_takes(manifest):
    assert list(Draft202012Validator(FORM).iter_errors(manifest)) == []


def test_the_manifest_asks_for_what_the_code_needs_and_no_more(manifest):
    assert manifest["oauth_config"]["scopes"]["bot"] == sorted(contract.SCOPES)
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert events == sorted(contract.EVENTS)
    commands = manifest["features"]["slash_commands"]
    assert [command["command"] for command in commands] == [contract.COMMAND]


def test_the_manifest_has_one_request_url(manifest):
    settings = manifest["settings"]
    assert ADDRESS.endswith(contract.PATH)
    assert {
        manifest["features"]["slash_commands"][0]["url"],
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
    } == {ADDRESS}


def test_people_can_write_to_the_bot(manifest):
    home = manifest["features"]["app_home"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]


def test_every_subscribed_event_has_a_handler_and_a_scope(slack):
    """Bolt answers 404 where no handler is registered."""
    from tests.assistant.front.slack.payloads import message, wrapped

    for event in contract.EVENTS:
        kind, _, channel = event.partition(".")
        told = message(text="hi there", type=kind, channel_type=channel or None, channel="C1")
        assert slack.send(told).status_code == 200, event
    assert (
        slack.send(wrapped({"type": "team_join", "user": {"id": "U1"}}, "Ev9")).status_code == 404
    )
    needed = {"message.channels": "channels:history", "message.groups": "groups:history",
              "message.im": "im:history", "message.mpim": "mpim:history",
              "app_mention": "app_mentions:read"}  # fmt: skip
    assert {needed[event] for event in contract.EVENTS} <= set(contract.SCOPES)


def test_the_guide_for_administrators_names_every_scope_and_setting():
    guide = (ROOT / "docs" / "SLACK.md").read_text("utf-8")
    sample = (ROOT / ".env.sample").read_text("utf-8")
    for scope in (*contract.SCOPES, contract.APP_SCOPE):
        assert f"`{scope}`" in guide
    for setting in re.findall(r"# (RIGWISE_SLACK_\w+)=", sample):
        assert setting.removesuffix("_FILE") in guide
