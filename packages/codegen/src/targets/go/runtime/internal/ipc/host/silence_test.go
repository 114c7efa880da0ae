//go:build unix

package host

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"simpleipc/ipc"
)

// outOfTime is the error of a call that waits until its program has printed something.
func outOfTime(t *testing.T, w *worker, isEnough func() bool) *ipc.Error {
	t.Helper()
	for !isEnough() {
		time.Sleep(time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	_, err := askWith(ctx, w, "any", 1)
	var failure *ipc.Error
	if !errors.As(err, &failure) || failure.Kind != ipc.KindTimeout {
		t.Fatal(err)
	}
	return failure
}

func TestACallThatIsOutOfTimeSaysWhatItsProgramHasPrintedInsteadOfMessages(t *testing.T) {
	for line, hint := range map[string]string{
		"hello":               "",
		`Content-Length: 40`:  "hint: it sends its messages after headers (Content-Length), as language servers do; this host speaks lines",
		`{"id":1,"result":2}`: `hint: it answers without "jsonrpc":"2.0", which makes its answers plain lines`,
		"\\033[1m{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":2}\\033[0m": "hint: its messages are wrapped in colour codes: turn them off, often with NO_COLOR=1 in Env",
	} {
		w := spawnFor(t, "echo why >&2; printf '"+line+"\\n'; sleep 1000")
		failure := outOfTime(t, w, func() bool { return len(w.lines.all()) > 0 && len(w.errors.all()) > 0 })
		contains(t, failure.Message, "any was not answered in time; it was cancelled; it has sent no message yet: ", "has been running for ", "last lines of stderr:\n  | why", "last lines of stdout:\n  | ", hint)
		if short := failure.ShortMessage(); strings.Contains(short, "why") || !strings.HasPrefix(short, "any was not answered in time; it was cancelled; it has sent no message yet: the program has been running for ") {
			t.Error(short)
		}
	}
}

func TestACallThatWasNotSentDoesNotSayThatItWasCancelled(t *testing.T) {
	w := spawnCommand(t, []string{"sleep", "1000"})
	failure := outOfTime(t, w, func() bool { return true })
	contains(t, failure.Message, "any was not answered in time: it was not sent, because the other side has not said which contract it has; it has sent no message yet: ")
	begun := make(chan struct{})
	w = spawnSelf(t, func(o *ipc.SpawnOptions) {
		o.OnStart = func(ctx context.Context) error { close(begun); <-ctx.Done(); return nil }
	})
	<-begun
	failure = outOfTime(t, w, func() bool { return true })
	if failure.Message != "any was not answered in time: it was not sent, because OnStart has not returned" {
		t.Error(failure)
	}
	ctx, cancel := context.WithTimeout(context.Background(), -1)
	defer cancel()
	if _, err := askWith(ctx, w, "any", 1); !errors.Is(err, context.DeadlineExceeded) || err.Error() != "any was not sent: its time had run out before" {
		t.Error(err)
	}
}
