package checks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	c "example.com/app/conversation"
	"example.com/app/empty"
	"example.com/app/ipc"
)

// TestMain is also the child that the tests start: this program again.
func TestMain(m *testing.M) {
	var handlers c.ChildHandlers = child{}
	options := c.ServeOptions{OnStart: greet}
	switch os.Getenv("IS_CHILD") {
	case "":
		os.Exit(m.Run())
	case "traced":
		handlers, options.Meta = traced{}, metaOfChild
	}
	if err := c.Serve(context.Background(), handlers, options); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child has one handler of its own.
type child struct{ c.UnimplementedChildHandlers }

func (child) Nest(ctx context.Context, params c.NestParams) (int64, error) {
	return c.HostFrom(ctx).Nest(ctx, c.HostNestParams(params))
}

func greet(ctx context.Context) error { return c.HostFrom(ctx).Log(c.LogParams{Text: "here"}) }

// host has one handler of its own.
type host struct {
	c.UnimplementedHostHandlers
	heard chan string
}

func (h host) Log(_ context.Context, params c.LogParams) { h.heard <- params.Text }

func TestUnimplementedHandlersRefuseWhatAProgramDoesNotHave(t *testing.T) {
	ctx := context.Background()
	h := host{heard: make(chan string, 1)}
	options := c.SpawnOptions{Env: append(os.Environ(), "IS_CHILD=1"), Stderr: io.Discard}
	client, err := c.Spawn(ctx, os.Args[:1], h, options)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = client.Close() }()
	var failure *ipc.Error
	if _, err := client.Add(ctx, c.AddParams{}); !errors.As(err, &failure) || failure.Code != ipc.CodeMethodNotFound {
		t.Error(err)
	}
	if _, err := client.Nest(ctx, c.NestParams{}); err == nil || !strings.Contains(err.Error(), "nest is not implemented") {
		t.Error(err)
	}
	if err := client.Tell(c.TellParams{}); err != nil {
		t.Error(err)
	}
	if _, err := client.Count(ctx, c.CountParams{}, ipc.CallOptions[int64]{}).Result(); !errors.As(err, &failure) || failure.Code != ipc.CodeMethodNotFound {
		t.Error(err)
	}
	if heard := <-h.heard; heard != "here" {
		t.Error(heard)
	}
	if report, err := client.Stop(ctx); err != nil || report.Code != 0 {
		t.Error(report, err)
	}
}

func TestNilHandlersAreRefusedByBothSides(t *testing.T) {
	_, err := c.Spawn(context.Background(), os.Args[:1], nil)
	want := "the handlers passed to Spawn are nil, so that nothing handles log, nest, numbers: pass a HostHandlers; UnimplementedHostHandlers{} refuses every call"
	if err == nil || err.Error() != want {
		t.Error(err)
	}
	err = c.Serve(context.Background(), nil)
	if err == nil || !strings.HasPrefix(err.Error(), "the handlers passed to Serve are nil, so that nothing handles add, count, counted, echo, fail and ") {
		t.Error(err)
	}
	var none *host
	if _, err := c.Spawn(context.Background(), os.Args[:1], none); err == nil {
		t.Error("a nil pointer has no fields")
	}
}

// There are no handlers to pass where the contract asks for none.
var _ func(context.Context, []string, ...empty.SpawnOptions) (*empty.ChildClient, error) = empty.Spawn
