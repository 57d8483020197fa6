"""The documentation as one page made from the OpenAPI document: no script, no other host."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from assistant.front.http.problems import PREFIX, PROBLEMS
from assistant.types import Json

METHODS = ("get", "post", "put", "delete")
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem;
  color: #1d2733; background: #fff; }
h1, h2, h3 { line-height: 1.25; } h2 { margin-top: 2.5rem; border-top: 1px solid #c9d1d9;
  padding-top: 1rem; }
code, pre { font: 14px/1.45 ui-monospace, monospace; } pre { background: #f3f5f7; padding: .75rem;
  overflow-x: auto; border-radius: .4rem; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top;
  padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #e1e5e9; }
.method { font-weight: 700; text-transform: uppercase; color: #0b5cad; } a { color: #0b5cad; }
@media (prefers-color-scheme: dark) { body { color: #e6e9ec; background: #14181d; }
  pre { background: #20262d; } td, th, h2 { border-color: #39424c; }
  .method, a { color: #7fb8f5; } }
"""


def docs_html(document: Json, root: str) -> str:
    """Return the page; root is the path under which the server is reached."""
    operations = list(_operations(document))
    index = "".join(
        f'<li><a href="#{_anchor(method, path)}"><span class="method">{method}</span> '
        f"<code>{escape(path)}</code></a> {escape(operation.get('summary', ''))}</li>"
        for method, path, operation in operations
    )
    body = "".join(
        _operation(document, root, method, path, operation)
        for method, path, operation in operations
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Rigwise: HTTP API</title><style>{STYLE}</style></head><body><main>"
        f"<h1>Rigwise: HTTP API</h1><p>{_prose(document['info']['description'])}</p>"
        f'<p>As data: <a href="{escape(root)}/api/openapi.json">openapi.json</a></p>'
        f"<ul>{index}</ul>{body}{_problems()}</main></body></html>"
    )


def _operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield method, path, item[method]


def _anchor(method: str, path: str) -> str:
    return escape(f"{method}{path}".replace("/", "-").replace("{", "").replace("}", ""))


def _operation(document: Json, root: str, method: str, path: str, operation: Json) -> str:
    about = operation.get("description", "")
    sent = _request_example(document, operation)
    parts = [
        f'<section id="{_anchor(method, path)}"><h2><span class="method">{method}</span> '
        f"<code>{escape(path)}</code></h2><p>{escape(operation.get('summary', ''))}</p>",
        f"<p>{_prose(about)}</p>" if about else "",
        _fields("In the path", operation.get("parameters", [])),
        _body_fields(document, operation),
        "<h3>Example</h3>" + _pre(_curl(root, method, path, operation, sent)),
        *(_reply(status, reply) for status, reply in operation["responses"].items()),
        _errors(operation),
        "</section>",
    ]
    return "".join(parts)


def _request_example(document: Json, operation: Json) -> Any:  # noqa: ANN401 - JSON
    body = operation.get("requestBody")
    if not body:
        return None
    schema = _resolved(document, body["content"]["application/json"]["schema"])
    return (schema.get("examples") or [{}])[0]


def _resolved(document: Json, schema: Json) -> Json:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Json = document["components"]["schemas"][name] if name else schema
    return found


def _fields(title: str, parameters: list[Json]) -> str:
    named = {p["name"]: p["schema"] | {"description": p.get("description", "")} for p in parameters}
    return _table(title, named, list(named))


def _body_fields(document: Json, operation: Json) -> str:
    body = operation.get("requestBody")
    if not body:
        return ""
    schema = _resolved(document, body["content"]["application/json"]["schema"])
    return _table("In the body", schema.get("properties", {}), schema.get("required", []))


def _table(title: str, fields: Mapping[str, Json], required: list[str]) -> str:
    if not fields:
        return ""
    rows = "".join(
        f"<tr><th><code>{escape(name)}</code></th><td>{escape(_type(schema))}"
        f"{'' if name in required else ', optional'}</td>"
        f"<td>{escape(schema.get('description', ''))}</td></tr>"
        for name, schema in fields.items()
    )
    return f"<h3>{title}</h3><table>{rows}</table>"


def _type(schema: Json) -> str:
    if "anyOf" in schema:
        kinds = [_type(option) for option in schema["anyOf"] if option.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if "enum" in schema:
        return " or ".join(map(repr, schema["enum"]))
    return str(schema.get("type", "object"))


def _curl(root: str, method: str, path: str, operation: Json, sent: Any) -> str:  # noqa: ANN401
    for parameter in operation.get("parameters", []):
        schema = parameter["schema"]
        value = (parameter.get("examples") or schema.get("examples") or [""])[0]
        path = path.replace("{" + parameter["name"] + "}", str(value))
    flag = (
        "" if method in ("get", "post") and (method == "get" or sent) else f" -X {method.upper()}"
    )
    line = f"curl -s{flag} http://127.0.0.1:7860{root}{path}"
    if sent is None:
        return line
    written = json.dumps(sent, ensure_ascii=False).replace("'", "\\u0027")
    return f"{line} \\\n  -H 'content-type: application/json' \\\n  -d '{written}'"


def _reply(status: str, reply: Json) -> str:
    if not status.startswith("2"):
        return ""
    shown = []
    for kind, content in reply.get("content", {}).items():
        example = content.get("example")
        if example is not None:
            text = (
                example
                if isinstance(example, str)
                else json.dumps(example, indent=2, ensure_ascii=False)
            )
            shown.append(f"<p>{status}, <code>{escape(kind)}</code></p>{_pre(text)}")
    return "".join(shown) or f"<p>{status}: {escape(reply.get('description', ''))}</p>"


def _errors(operation: Json) -> str:
    codes = ", ".join(status for status in operation["responses"] if status >= "4")
    return f'<p>Errors: {codes}; see <a href="#problems">Problems</a>.</p>' if codes else ""


def _problems() -> str:
    rows = "".join(
        f"<tr><th>{problem.status}</th><td><code>{PREFIX}{kind}</code></td>"
        f"<td>{escape(problem.meaning)}</td></tr>"
        for kind, problem in PROBLEMS.items()
    )
    return f'<section id="problems"><h2>Problems</h2><table>{rows}</table></section>'


def _pre(text: str) -> str:
    return f"<pre>{escape(text)}</pre>"


def _prose(text: str) -> str:
    """Return text with its `code` marked."""
    pieces = escape(text).split("`")
    return "".join(f"<code>{p}</code>" if n % 2 else p for n, p in enumerate(pieces))
