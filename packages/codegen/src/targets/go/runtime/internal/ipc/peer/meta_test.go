package peer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/ipc"
)

type told = map[string]string

// heard is what a handler was told.
type heard struct {
	meta   map[string]string
	call   int64
	serves bool
}

func hear(ctx context.Context) heard {
	call, serves := ipc.For(ctx)
	return heard{ipc.Meta(ctx), call, serves}
}

func (h heard) is(meta told, call int64) bool {
	return h.meta != nil && maps.Equal(h.meta, meta) && h.call == call && h.serves == (call != 0)
}

// telling is a peer whose method and notification say what they were told.
func telling(methods map[string]func(context.Context, *Incoming) error) (*Peer, chan heard) {
	all := make(chan heard, 10)
	p := peerWith(methods)
	p.methods["who"] = answering(func(ctx context.Context, call *Incoming) error {
		all <- hear(ctx)
		return call.AnswerNothing()
	})
	p.notifications["note"] = &Notification{Handle: func(ctx context.Context, _ *jsontree.Node) error {
		all <- hear(ctx)
		return nil
	}}
	return p, all
}

func call(ctx context.Context, p *Peer, name string) error {
	return p.Call(ctx, name, nil, nil, nil, nil)
}

func TestMetaIsPassedOnByTheCallsOfItsHandlerWhichSayWhatTheyServe(t *testing.T) {
	host, all := telling(nil)
	child := peerWith(map[string]func(context.Context, *Incoming) error{
		"ask": func(ctx context.Context, in *Incoming) error {
			derived, cancel := context.WithCancel(ctx)
			defer cancel()
			more := ipc.WithMeta(ipc.WithMeta(derived, told{"b": "3", "c": "4"}), told{"c": "5"})
			for _, each := range []context.Context{ctx, more, ipc.WithoutMeta(more), ipc.WithMeta(ipc.WithoutMeta(ctx), told{"d": "6"})} {
				if err := errors.Join(call(each, in.peer, "who"), in.peer.Notify(each, "note", nil)); err != nil {
					return err
				}
			}
			return in.AnswerNothing()
		},
	})
	pair(t, host, child)
	given := told{"a": "1", "b": "2"}
	// Another id than 1.
	if err := child.Ping(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := host.Ping(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := call(ipc.WithMeta(context.Background(), given), host, "ask"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []told{given, {"a": "1", "b": "3", "c": "5"}, {}, {"d": "6"}} {
		for range 2 {
			if got := <-all; !got.is(want, 2) {
				t.Error(got, want)
			}
		}
	}
}

func TestTheHandlerOfANotificationPassesMetaOnAndServesNoCall(t *testing.T) {
	host, all := telling(nil)
	child := peerWith(nil)
	child.notifications["ask"] = &Notification{Handle: func(ctx context.Context, _ *jsontree.Node) error {
		return errors.Join(call(ctx, child, "who"), child.Notify(ctx, "note", nil))
	}}
	pair(t, host, child)
	for _, want := range []told{{"a": "1"}, {}} {
		if err := host.Notify(ipc.WithMeta(context.Background(), want), "ask", nil); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if got := <-all; !got.is(want, 0) {
				t.Error(got, want)
			}
		}
	}
}

func TestTheOptionIsAskedAtEachCallBetweenWhatIsPassedOnAndWhatIsAdded(t *testing.T) {
	type key struct{}
	host, all := telling(nil)
	child := peerWith(map[string]func(context.Context, *Incoming) error{
		"ask": func(ctx context.Context, in *Incoming) error {
			ctx = context.WithValue(ctx, key{}, "value")
			err := errors.Join(call(ipc.WithMeta(ctx, told{"c": "added"}), in.peer, "who"), call(ipc.WithoutMeta(ctx), in.peer, "who"))
			if err != nil {
				return err
			}
			return in.AnswerNothing()
		},
	})
	child.options.Meta = func(ctx context.Context) map[string]string {
		return told{"b": "asked", "c": "asked", "d": fmt.Sprint(ctx.Value(key{}))}
	}
	pair(t, host, child)
	ctx := ipc.WithMeta(context.Background(), told{"a": "passed on", "b": "passed on"})
	if err := call(ctx, host, "ask"); err != nil {
		t.Fatal(err)
	}
	if got := <-all; !got.is(told{"a": "passed on", "b": "asked", "c": "added", "d": "value"}, 1) {
		t.Error(got)
	}
	if got := <-all; !got.is(told{}, 1) {
		t.Error(got)
	}
	if err := child.Notify(child.Context(), "note", nil); err != nil {
		t.Fatal(err)
	}
	if got := <-all; !got.is(told{"b": "asked", "c": "asked", "d": "<nil>"}, 0) {
		t.Error(got)
	}
}

func TestMetaIsPassedOnToOtherPeersToWhichIdsMeanNothing(t *testing.T) {
	other, all := telling(nil)
	further := peerWith(map[string]func(context.Context, *Incoming) error{
		"wait": func(ctx context.Context, _ *Incoming) error { <-ctx.Done(); return ctx.Err() },
	})
	pair(t, further, other)
	// Its id is that of the call to the first child, which is another one.
	begin(context.Background(), t, other, "wait")
	t.Cleanup(further.CancelEverything)
	host := peerWith(nil)
	var spawned context.Context
	child := peerWith(map[string]func(context.Context, *Incoming) error{
		"ask": func(ctx context.Context, in *Incoming) error {
			spawned = New(Contract{}, Handlers{}, Options{Context: ctx}).Context()
			if err := call(ctx, further, "who"); err != nil {
				return err
			}
			return in.AnswerNothing()
		},
	})
	pair(t, host, child)
	if err := call(ipc.WithMeta(context.Background(), told{"a": "1"}), host, "ask"); err != nil {
		t.Fatal(err)
	}
	if got := <-all; !got.is(told{"a": "1"}, 0) {
		t.Error(got)
	}
	if got := hear(spawned); !got.is(told{}, 0) {
		t.Error("a peer that a handler has made has been told what the handler was told:", got)
	}
}

// collected is a peer whose output is kept.
func collected(t *testing.T) (*Peer, chan heard, *bytes.Buffer) {
	sent := &bytes.Buffer{}
	p, all := telling(nil)
	p.Connect(func(text []byte) error { sent.Write(text); return nil }, func() {})
	t.Cleanup(p.CloseOutput)
	return p, all, sent
}

func begin(ctx context.Context, t *testing.T, p *Peer, name string) {
	t.Helper()
	call := p.start(ctx, name, numberParam(1), nil, nil)
	if _, failure := call.result, call.failure; failure != nil {
		t.Fatal(failure)
	}
}

func TestMetaStandsBehindTheMethodAndBeforeTheParams(t *testing.T) {
	p, _, sent := collected(t)
	ctx := ipc.WithMeta(context.Background(), told{"b": "\"", "a": "ä\n"})
	begin(ctx, t, p, "who")
	if err := p.Notify(ctx, "note", nil); err != nil {
		t.Fatal(err)
	}
	begin(context.Background(), t, p, "who")
	begin(ctx, t, p, "rpc.contract")
	p.FinishOutput()
	want := `{"jsonrpc":"2.0","id":1,"method":"who","meta":{"a":"ä\n","b":"\""},"params":{"number":1}}
{"jsonrpc":"2.0","method":"note","meta":{"a":"ä\n","b":"\""}}
{"jsonrpc":"2.0","id":2,"method":"who","params":{"number":1}}
{"jsonrpc":"2.0","id":3,"method":"rpc.contract","params":{"number":1}}
`
	if sent.String() != want {
		t.Fatal(sent)
	}
}

func TestAForThatIsNoOpenCallIsIgnored(t *testing.T) {
	p, all, _ := collected(t)
	begin(context.Background(), t, p, "open")
	for served, want := range map[string]int64{"1": 1, "2": 0, "0": 0, `"1"`: 0, "null": 0, "{}": 0, "1.5": 0} {
		p.Receive([]byte(`{"jsonrpc":"2.0","id":7,"method":"who","for":` + served + "}\n"))
		if got := <-all; !got.is(told{}, want) {
			t.Error(served, got)
		}
		p.Receive([]byte(`{"jsonrpc":"2.0","method":"note","meta":{"a":"1"},"for":` + served + "}\n"))
		if got := <-all; !got.is(told{"a": "1"}, want) {
			t.Error(served, got)
		}
		for p.IsBusy() {
			p.FinishOutput()
		}
	}
}

func TestMetaThatIsNoneIsRefused(t *testing.T) {
	const wrong = "The meta of a message must be an object of strings, of at most 8 KiB as JSON"
	p, all, sent := collected(t)
	faults := make(chan string, 10)
	p.options.OnProtocolError = func(text string) { faults <- text }
	for _, meta := range []string{`[]`, `["a"]`, `5`, `null`, `"a"`, `{"a":1}`, `{"a":"1","b":null}`, `{"a":"` + strings.Repeat("x", 8185) + `"}`} {
		sent.Reset()
		p.Receive([]byte(`{"jsonrpc":"2.0","id":7,"method":"who","meta":` + meta + "}\n"))
		p.FinishOutput()
		if want := `{"jsonrpc":"2.0","id":7,"error":{"code":-32600,"message":"` + wrong + `"}}` + "\n"; sent.String() != want {
			t.Errorf("%.20s was answered with %s", meta, sent)
		}
		if fault := <-faults; fault != wrong {
			t.Error(fault)
		}
		sent.Reset()
		p.Receive([]byte(`{"jsonrpc":"2.0","method":"note","meta":` + meta + "}\n"))
		if fault := <-faults; fault != wrong {
			t.Error(fault)
		}
		p.FinishOutput()
		if sent.Len() > 0 || len(all) > 0 {
			t.Errorf("a notification with %.20s was handled, or answered with %s", meta, sent)
		}
	}
	// Its largest size, and white space that does not count.
	longest := strings.Repeat("x", 8184)
	p.Receive([]byte(`{"jsonrpc":"2.0","id":7,"method":"who","meta":{"a" : "` + longest + `"}}` + "\n"))
	if got := <-all; !got.is(told{"a": longest}, 0) {
		t.Error(len(got.meta["a"]))
	}
}

func TestTooMuchMetaIsRefusedBeforeAnythingIsWritten(t *testing.T) {
	p, _, sent := collected(t)
	ctx := ipc.WithMeta(context.Background(), told{"a": strings.Repeat("ä", 5000)})
	want := "who was not sent: its meta has 10008 bytes as JSON, and 8192 are allowed: meta is for what tracers and logs need, send anything else as params"
	for _, err := range []error{call(ctx, p, "who"), p.Notify(ctx, "who", nil)} {
		var failure *ipc.Error
		if !errors.As(err, &failure) || failure.Kind != ipc.KindMessageTooLarge || failure.Message != want || failure.Method != "who" {
			t.Error(err)
		}
	}
	begin(ipc.WithMeta(ctx, told{"a": strings.Repeat("x", 8184)}), t, p, "who")
	p.FinishOutput()
	if line := sent.String(); strings.Count(line, "\n") != 1 || !strings.Contains(line, "xxx") {
		t.Errorf("%.100s", line)
	}
}

func TestNothingIsCarriedToForeignProgramsAndMeansAnythingFromThem(t *testing.T) {
	p, all, sent := collected(t)
	p.contract.Foreign = &Foreign{Progress: "none"}
	p.options.Meta = func(context.Context) map[string]string { return told{"a": "1"} }
	begin(ipc.WithMeta(context.Background(), told{"b": "2"}), t, p, "who")
	p.FinishOutput()
	if want := `{"jsonrpc":"2.0","id":1,"method":"who","params":{"number":1}}` + "\n"; sent.String() != want {
		t.Error(sent)
	}
	p.Receive([]byte(`{"jsonrpc":"2.0","id":7,"method":"who","meta":5,"for":1}` + "\n"))
	if got := <-all; !got.is(told{}, 0) {
		t.Error(got)
	}
}
