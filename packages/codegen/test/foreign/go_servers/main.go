// Command servers asks a language server and an MCP server, and prints what they answer as JSON. Its arguments are the
// programs of the two, which run in Node.
package main

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"os"

	"example.com/app/ipc"
	"example.com/app/languageserver"
	"example.com/app/toolserver"
)

// check ends the program: deferred functions have nothing to do that the watchdog does not.
func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// editor is what a language server tells.
type editor struct {
	languageserver.UnimplementedHostHandlers
	published chan languageserver.TextDocumentPublishDiagnosticsParams
}

func (e editor) TextDocumentPublishDiagnostics(_ context.Context, params languageserver.TextDocumentPublishDiagnosticsParams) {
	e.published <- params
}

func diagnostics(ctx context.Context, node, program string) any {
	handlers := editor{published: make(chan languageserver.TextDocumentPublishDiagnosticsParams, 100)}
	client, err := languageserver.Spawn(ctx, []string{node, program, "--stdio"}, handlers, ipc.SpawnOptions{
		Framing: ipc.Headers,
		Stderr:  io.Discard,
		OnStart: func(ctx context.Context) error {
			server := languageserver.ChildFrom(ctx)
			if _, err := server.Initialize(ctx, languageserver.InitializeParams{Capabilities: map[string]any{}}); err != nil {
				return err
			}
			return server.Initialized(languageserver.InitializedParams{})
		},
	})
	check(err)
	var opened languageserver.TextDocumentDidOpenParams
	opened.TextDocument = languageserver.TextDocumentDidOpenParamsTextDocument{
		URI: "file:///sample.py", LanguageID: "python", Version: 1, Text: "def double(number: int) -> int:\n    return number * 2\n\nfour = double(\"2\")\n",
	}
	check(client.TextDocumentDidOpen(opened))
	var found any
	for found == nil {
		if told := <-handlers.published; len(told.Diagnostics) > 0 {
			found = told.Diagnostics
		}
	}
	_, err = client.Shutdown(ctx)
	check(err)
	check(client.Exit(languageserver.ExitParams{}))
	<-client.Done()
	return found
}

func progress(ctx context.Context, node, program string) (content any, reports []any) {
	client, err := toolserver.Spawn(ctx, []string{node, program, "stdio"}, ipc.SpawnOptions{
		Stderr: io.Discard,
		OnStart: func(ctx context.Context) error {
			server := toolserver.ChildFrom(ctx)
			params := toolserver.InitializeParams{ProtocolVersion: "2025-06-18", Capabilities: map[string]any{}}
			params.ClientInfo = toolserver.InitializeParamsClientInfo{Name: "test", Version: "1"}
			if _, err := server.Initialize(ctx, params); err != nil {
				return err
			}
			return server.NotificationsInitialized(toolserver.NotificationsInitializedParams{})
		},
	})
	check(err)
	tools, err := client.ToolsList(ctx)
	check(err)
	for _, tool := range tools.Tools {
		if tool.Name != os.Args[4] {
			continue
		}
		params := toolserver.ToolsCallParams{Name: tool.Name, Arguments: map[string]any{"duration": 1, "steps": 4}}
		result, err := client.ToolsCall(ctx, params, ipc.CallOptions[toolserver.ToolsCallProgress]{
			OnProgress: func(report toolserver.ToolsCallProgress) { reports = append(reports, report.Progress) },
		})
		check(err)
		content = result.Content
	}
	check(client.Close())
	return content, reports
}

func main() {
	ctx := context.Background()
	node := os.Args[1]
	content, reports := progress(ctx, node, os.Args[3])
	told := map[string]any{"diagnostics": diagnostics(ctx, node, os.Args[2]), "content": content, "reports": reports}
	check(json.NewEncoder(os.Stdout).Encode(told))
}
