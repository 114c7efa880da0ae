package peer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"testing"

	"simpleipc/internal/ipc/jsontree"
	"simpleipc/ipc"
)

type (
	withText   struct{ text string }
	silent     struct{}
	exiting    struct{}
	circle     struct{}
	unwrapping struct{}
	kind       string
	record     struct{ A, B int }
)

func (e *withText) Error() string     { return e.text }
func (silent) Error() string          { return "" }
func (exiting) Error() string         { runtime.Goexit(); return "" }
func (circle) Error() string          { return "round" }
func (c circle) Unwrap() error        { return c }
func (*unwrapping) Error() string     { return "unwrapping" }
func (u *unwrapping) Unwrap() error   { panic("on purpose") }
func declaredError() *DeclaredError   { return &DeclaredError{Code: 7, Message: "as declared"} }
func throws(value any) func() error   { return func() error { panic(value) } }
func gives(err error) func() error    { return func() error { return err } }
func (k kind) String() string         { panic("no text") }
func nilMap() error                   { noMap()["a"] = 1; return nil }
func noMap() map[string]int           { return nil }
func outOfRange() error               { a, n := []int{1, 2, 3}, 5; return fmt.Errorf("%d", a[n]) }
func nothingBehind() error            { var e *withText; return errors.New(e.text) }
func wrapping(err error) func() error { return gives(fmt.Errorf("outer: %w", err)) }

// failures are handlers that fail, each with what its caller is answered.
var failures = map[string]struct {
	run  func() error
	code int64
	text string
}{
	"nil map":              {nilMap, -32603, "panic: assignment to entry in nil map"},
	"index":                {outOfRange, -32603, "panic: runtime error: index out of range [5] with length 3"},
	"nil pointer":          {nothingBehind, -32603, "panic: runtime error: invalid memory address or nil pointer dereference"},
	"text":                 {throws("on purpose"), -32603, "panic: on purpose"},
	"number":               {throws(42), -32603, "panic: 42"},
	"struct":               {throws(record{1, 2}), -32603, "panic: (peer.record) {A:1 B:2}"},
	"error":                {throws(&withText{"inside"}), -32603, "panic: inside"},
	"nil value":            {throws(nil), -32603, "panic: " + (*runtime.PanicNilError)(nil).Error()},
	"text that panics":     {throws(kind("k")), -32603, "panic: peer.kind: its String method panicked: no text"},
	"panics without text":  {throws((*withText)(nil)), -32603, "panic: (*peer.withText)(nil): its Error method panicked: runtime error: invalid memory address or nil pointer dereference"},
	"panics with an exit":  {throws(exiting{}), -32603, "the handler of panics with an exit failed"},
	"ends":                 {func() error { runtime.Goexit(); return nil }, -32603, "the handler ended its goroutine (runtime.Goexit)"},
	"returned":             {gives(&withText{"returned"}), -32603, "returned"},
	"typed nil":            {gives((*withText)(nil)), -32603, "(*peer.withText)(nil): its Error method panicked: runtime error: invalid memory address or nil pointer dereference"},
	"wrapped typed nil":    {gives(errors.Join((*withText)(nil))), -32603, "*errors.joinError: its Error method panicked: runtime error: invalid memory address or nil pointer dereference"},
	"silent":               {gives(silent{}), -32603, "peer.silent"},
	"exits while it is":    {gives(exiting{}), -32603, "the handler ended its goroutine (runtime.Goexit)"},
	"circle":               {gives(circle{}), -32603, "round"},
	"unwrapping":           {gives(&unwrapping{}), -32603, "unwrapping"},
	"declared":             {gives(declaredError()), 7, "as declared"},
	"wrapped":              {wrapping(declaredError()), 7, "as declared"},
	"joined":               {gives(errors.Join(errors.New("first"), declaredError())), 7, "as declared"},
	"nil declared":         {gives((*DeclaredError)(nil)), -32603, "(*peer.DeclaredError)(nil): its Error method panicked: runtime error: invalid memory address or nil pointer dereference"},
	"nil error of ours":    {gives((*ipc.Error)(nil)), -32603, "(*ipc.Error)(nil): its Error method panicked: runtime error: invalid memory address or nil pointer dereference"},
	"data that panics":     {gives(&DeclaredError{Code: 7, Data: func(*jsontree.Writer) error { panic("data") }}), -32603, "panic: data"},
	"data that does not":   {gives(&DeclaredError{Code: 7, Message: "m", Data: func(w *jsontree.Writer) error { return w.Integer(1 << 60) }}), -32603, "m (its data must be an integer from -9007199254740991 to 9007199254740991, not 1152921504606846976)"},
	"declared error of it": {throws(declaredError()), -32603, "panic: as declared"},
}

// collect returns an OnError that passes on what it receives.
func collect() (chan *ipc.HandlerError, func(error)) {
	told := make(chan *ipc.HandlerError, 100)
	return told, func(err error) {
		var failure *ipc.HandlerError
		errors.As(err, &failure)
		told <- failure
	}
}

func TestAHandlerThatFailsIsAnsweredWhateverItFailsWith(t *testing.T) {
	methods := map[string]func(ctx context.Context, call *Incoming) error{
		"after": func(_ context.Context, call *Incoming) error { return answerNumber(call, 1) },
	}
	for name, each := range failures {
		methods[name] = func(context.Context, *Incoming) error { return each.run() }
	}
	for _, isHost := range []bool{false, true} {
		caller, answering := peerWith(nil), peerWith(methods)
		told, listen := collect()
		answering.options.OnError = listen
		if isHost {
			pair(t, answering, caller)
		} else {
			pair(t, caller, answering)
		}
		for name, want := range failures {
			_, err := ask(context.Background(), caller, name, 1)
			var failure *ipc.Error
			if !errors.As(err, &failure) || failure.Code != want.code || failure.Message != want.text || failure.Data != nil && want.text[0] != 'm' {
				t.Errorf("%s: %v", name, err)
			}
			if want.code == 7 || name == "panics with an exit" {
				continue
			}
			if got := <-told; got.Method != name || got.Message != want.text || got.Stack == "" {
				t.Errorf("%s: told of %#v", name, got)
			}
		}
		if got, err := ask(context.Background(), caller, "after", 0); got != 1 || err != nil || len(told) > 0 {
			t.Fatal(got, err, len(told))
		}
	}
}

func TestTheStackOfAPanicBeginsInTheHandlerAndIsSentInDebugMode(t *testing.T) {
	child := peerWith(map[string]func(ctx context.Context, call *Incoming) error{
		"nil map":  func(context.Context, *Incoming) error { return nilMap() },
		"returned": func(context.Context, *Incoming) error { return fmt.Errorf("read: %w", fs.ErrNotExist) },
	})
	told, listen := collect()
	child.options.OnError, child.options.Debug = listen, true
	host := peerWith(nil)
	pair(t, host, child)
	_, err := ask(context.Background(), host, "nil map", 1)
	stack := (<-told).Stack
	lines := strings.Split(stack, "\n")
	if len(lines) < 7 || lines[0] != "panic: assignment to entry in nil map" || !strings.HasPrefix(lines[3], "simpleipc/internal/ipc/peer.nilMap(") ||
		!strings.Contains(lines[4], "failure_test.go:") || strings.Contains(stack, "peer.(*Incoming).run") || strings.Contains(stack, "debug.Stack") {
		t.Fatal(stack)
	}
	if text := fmt.Sprintf("%v", err); text != "panic: assignment to entry in nil map (-32603)" {
		t.Error(text)
	}
	if text := fmt.Sprintf("%+v", err); !strings.HasSuffix(text, "\n\nstack of the other side:\n"+stack) {
		t.Error(text)
	}
	_, err = ask(context.Background(), host, "returned", 1)
	want := "*fmt.wrapError: read: file does not exist\n  *errors.errorString: file does not exist"
	if failure := <-told; failure.Stack != want || !errors.Is(failure, os.ErrNotExist) || !strings.HasSuffix(fmt.Sprintf("%+v", err), want) {
		t.Fatal(failure, err)
	}
}

func TestNothingIsToldOfAHandlerWhoseCallerIsGone(t *testing.T) {
	begun := make(chan struct{})
	child := peerWith(map[string]func(ctx context.Context, call *Incoming) error{
		"wait": func(ctx context.Context, _ *Incoming) error { close(begun); <-ctx.Done(); return ctx.Err() },
	})
	told, listen := collect()
	child.options.OnError = listen
	host := peerWith(nil)
	pair(t, host, child)
	ctx, cancel := context.WithCancel(context.Background())
	go func() { <-begun; cancel() }()
	if _, err := ask(ctx, host, "wait", 0); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	for child.IsBusy() {
		runtime.Gosched()
	}
	if len(told) > 0 {
		t.Fatal(<-told)
	}
}

func TestWhatDoesNotFitIsToldWithTheValue(t *testing.T) {
	whole := func(n *jsontree.Node) error { _, err := n.Integer(); return err }
	child := peerWith(map[string]func(ctx context.Context, call *Incoming) error{
		"params": func(_ context.Context, call *Incoming) error {
			return call.BadParams(whole(call.Params.Find("number")))
		},
		"progress": func(_ context.Context, call *Incoming) error {
			if err := call.Progress(func(w *jsontree.Writer) error { return w.Text("half") }); err != nil {
				return err
			}
			return call.AnswerNothing()
		},
		"result": func(_ context.Context, call *Incoming) error {
			return call.Answer(func(w *jsontree.Writer) error { return w.Integer(1 << 53) })
		},
	})
	child.notifications["note"] = &Notification{Handle: func(_ context.Context, n *jsontree.Node) error { return whole(n.Find("number")) }}
	said := make(chan string, 10)
	host := peerWith(nil)
	for _, each := range []*Peer{host, child} {
		each.options.OnProtocolError = func(message string) { said <- message }
	}
	told, listen := collect()
	child.options.OnError = listen
	pair(t, host, child)
	text := func(w *jsontree.Writer) error { w.Raw(`{"number":"much"}`); return nil }

	var failure *ipc.Error
	err := host.Call(context.Background(), "params", text, nil, nil, nil)
	if !errors.As(err, &failure) || failure.Code != -32602 || failure.Message != "The params do not fit the contract: params must be an integer" {
		t.Error(err)
	}
	if got := <-said; got != `params was called with params that do not fit the contract: params must be an integer, not "much"` {
		t.Error(got)
	}
	if err := host.Notify(context.Background(), "note", text); err != nil {
		t.Error(err)
	}
	if got := <-said; got != `the notification note was dropped, its params do not fit the contract: params must be an integer, not "much"` {
		t.Error(got)
	}
	if err := host.Call(context.Background(), "progress", nil, nil, nil, whole); err != nil {
		t.Error(err)
	}
	if got := <-said; got != `a progress report of progress was dropped, it does not fit the contract: progress must be an integer, not "half"` {
		t.Error(got)
	}
	if err := host.Call(context.Background(), "none", nil, nil, nil, nil); !errors.As(err, &failure) || failure.Code != -32601 {
		t.Error(err)
	}
	if got := <-said; got != "There is no method 'none' here" {
		t.Error(got)
	}
	sentence := "must be an integer from -9007199254740991 to 9007199254740991"
	err = host.Call(context.Background(), "result", nil, nil, nil, nil)
	if !errors.As(err, &failure) || failure.Message != "The result does not fit the contract: result "+sentence+", not 9007199254740992" ||
		string(failure.Data) != `{"issues":[{"path":"","message":"`+sentence+`"}]}` {
		t.Errorf("%v %s", err, failure.Data)
	}
	if got := <-told; got.Message != "the result of result does not fit the contract: result "+sentence+", not 9007199254740992" {
		t.Error(got)
	}
}

func TestListenersThatPanicHarmNothing(t *testing.T) {
	child := peerWith(map[string]func(ctx context.Context, call *Incoming) error{"text": func(context.Context, *Incoming) error { panic("first") }})
	child.options.OnError = func(error) { panic("second") }
	host := peerWith(nil)
	pair(t, host, child)
	stderr := capture(t, func() {
		if _, err := ask(context.Background(), host, "text", 1); err == nil || err.Error() != "panic: first (-32603)" {
			t.Error(err)
		}
	})
	for _, part := range []string{"simple-ipc: OnError failed:\npanic: second", "simple-ipc: the handler of 'text' failed:\npanic: first"} {
		if strings.Count(stderr, part) != 1 {
			t.Error(stderr)
		}
	}
}

func TestAFloodOfReportsIsCut(t *testing.T) {
	child := peerWith(nil)
	stderr := capture(t, func() {
		for range 1000 {
			child.violated(true, "on purpose")
		}
		child.reporter.endSecond()
	})
	if strings.Count(stderr, "simple-ipc: on purpose\n") != mostReports || !strings.HasSuffix(stderr, "simple-ipc: 900 more reports within a second were left out\n") {
		t.Fatal(stderr)
	}
}

// capture returns what is written to stderr meanwhile.
func capture(t *testing.T, run func()) string {
	t.Helper()
	file, err := os.CreateTemp(t.TempDir(), "stderr")
	if err != nil {
		t.Fatal(err)
	}
	before := os.Stderr
	os.Stderr = file
	defer func() { os.Stderr = before }()
	run()
	text, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
