// Command child fails in the ways in which handlers fail.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	c "generated/conversation"
)

// child has no other handlers: calling them is one more way to fail.
type child struct{ c.ChildHandlers }

func main() {
	defer fmt.Fprintln(os.Stderr, "deferred")
	if err := c.Serve(context.Background(), child{}); err != nil {
		log.Print(err)
	}
}

func (child) Echo(ctx context.Context, params c.EchoParams) (string, error) {
	switch params.Text {
	case "map":
		var rows map[string]int
		rows["b"] = 1
	case "error":
		_, err := os.Open("/no/such/file")
		return "", fmt.Errorf("reading: %w", err)
	case "nest":
		return "", c.HostFrom(ctx).Log(c.LogParams{Text: "\xff"})
	}
	return params.Text, nil
}

func (child) Fail(context.Context, c.FailParams) (int64, error) {
	return 0, errors.Join(errors.New("first"), fmt.Errorf("second: %w", &c.FailDeclaredError{Message: "joined", Data: c.Number{Value: 1}}))
}

func (child) Tell(context.Context, c.TellParams) { panic("told") }
