"""Asks a language server and an MCP server, and prints what they answer as JSON. Its
arguments are the programs of the two, which run in Node.
"""

from __future__ import annotations

import json
import queue
import sys
from typing import TYPE_CHECKING

from generated import language_server as lsp
from generated import language_server_host, tool_server, tool_server_host
from generated.simple_ipc import host

if TYPE_CHECKING:
    from collections.abc import Sequence

node, language_program, tool_program, tool_name = sys.argv[1:]
Found = lsp.TextDocumentPublishDiagnosticsParamsDiagnosticsItem
published: queue.Queue[Sequence[Found]] = queue.Queue()


class Editor(language_server_host.HostHandlers[language_server_host.ChildClient]):
    """What a language server tells."""

    def text_document_publish_diagnostics(
        self, params: lsp.TextDocumentPublishDiagnosticsParams
    ) -> None:
        if params.diagnostics:
            published.put(params.diagnostics)


def initialize(server: language_server_host.ChildClient) -> None:
    server.initialize(
        lsp.InitializeParams(process_id=None, root_uri=None, capabilities={})
    )
    server.initialized(lsp.InitializedParams())


def diagnostics() -> list[dict[str, str]]:
    options = host.Options(framing="headers", stderr="ignore")
    command = [node, language_program, "--stdio"]
    with language_server_host.spawn(
        command, Editor(), options, on_start=initialize
    ) as server:
        text = "def double(number: int) -> int:\n    return 2\n\nfour = double('2')\n"
        document = lsp.TextDocumentDidOpenParamsTextDocument(
            uri="file:///sample.py", language_id="python", version=1, text=text
        )
        server.text_document_did_open(
            lsp.TextDocumentDidOpenParams(text_document=document)
        )
        found = published.get(timeout=100)
        server.shutdown()
        server.exit(lsp.ExitParams())
    return [{"message": each.message} for each in found]


def greet(server: tool_server_host.ChildClient) -> None:
    server.initialize(
        tool_server.InitializeParams(
            protocol_version="2025-06-18",
            capabilities={},
            client_info=tool_server.InitializeParamsClientInfo(
                name="test", version="1"
            ),
        )
    )
    server.notifications_initialized(tool_server.NotificationsInitializedParams())


def progress() -> tuple[list[dict[str, str]], list[float]]:
    reports: list[float] = []
    options = host.Options(stderr="ignore")
    command = [node, tool_program, "stdio"]
    with tool_server_host.spawn(command, options=options, on_start=greet) as server:
        names = [tool.name for tool in server.tools_list().tools]
        params = tool_server.ToolsCallParams(
            name=names[names.index(tool_name)], arguments={"duration": 1, "steps": 4}
        )
        result = server.tools_call(
            params, on_progress=lambda report: reports.append(report.progress)
        )
    return [{"type": each.type} for each in result.content], reports


content, reports = progress()
told = {"content": content, "reports": reports, "diagnostics": diagnostics()}
print(json.dumps(told))
