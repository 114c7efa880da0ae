package checks

import (
	"context"
	"fmt"
	"io"
	"os"
	"testing"

	c "example.com/app/conversation"
	"example.com/app/ipc"
)

// traced is a child that calls its host.
type traced struct{ c.UnimplementedChildHandlers }

func (traced) Nest(ctx context.Context, params c.NestParams) (int64, error) {
	more := ipc.WithMeta(ctx, map[string]string{"step": "log"})
	if err := c.HostFrom(more).Log(c.LogParams{Text: "nest"}); err != nil {
		return 0, err
	}
	return c.HostFrom(ctx).Nest(ctx, c.HostNestParams(params))
}

func (traced) Tell(ctx context.Context, _ c.TellParams) {
	if err := c.HostFrom(ctx).Log(c.LogParams{Text: "tell"}); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

func metaOfChild(context.Context) map[string]string { return map[string]string{"from": "child"} }

// tracing is a host that notes what its child says of each call.
type tracing struct {
	c.UnimplementedHostHandlers
	heard chan string
}

func (h tracing) note(ctx context.Context, what string) {
	call, ok := ipc.For(ctx)
	h.heard <- fmt.Sprintln(what, ipc.Meta(ctx), call, ok)
}

func (h tracing) Log(ctx context.Context, params c.LogParams) { h.note(ctx, params.Text) }

func (h tracing) Nest(ctx context.Context, params c.HostNestParams) (int64, error) {
	h.note(ctx, "nested")
	return params.Depth, nil
}

func TestMetaGoesWithCallsAndNotificationsAndComesBackWithWhatTheyServe(t *testing.T) {
	h := tracing{heard: make(chan string, 10)}
	client, err := c.Spawn(context.Background(), os.Args[:1], h, c.SpawnOptions{
		Env:    append(os.Environ(), "IS_CHILD=traced"),
		Stderr: io.Discard,
		Meta:   func(context.Context) map[string]string { return map[string]string{"app": "host", "user": "nobody"} },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = client.Close() }()
	// Two calls come first: the question for the contract, and this one, which waits for the answer.
	if err := client.Ping(context.Background()); err != nil {
		t.Fatal(err)
	}
	ctx := ipc.WithMeta(context.Background(), map[string]string{"user": "ada"})
	if _, err := client.Nest(ctx, c.NestParams{Depth: 1}); err != nil {
		t.Fatal(err)
	}
	if err := client.Tell(c.TellParams{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"here map[from:child] 0 false\n",
		"nest map[app:host from:child step:log user:ada] 3 true\n",
		"nested map[app:host from:child user:ada] 3 true\n",
		"tell map[app:host from:child user:nobody] 0 false\n",
	} {
		if heard := <-h.heard; heard != want {
			t.Errorf("%q, not %q", heard, want)
		}
	}
}
