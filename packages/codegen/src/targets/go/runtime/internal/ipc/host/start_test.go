//go:build unix

package host

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"simpleipc/internal/ipc/peer"
	"simpleipc/ipc"
)

func TestOnStartIsServedBeforeTheCallsThatWait(t *testing.T) {
	var mine *worker
	begun, release := make(chan struct{}), make(chan struct{})
	order := make(chan string, 10)
	w := spawnSelf(t, func(o *ipc.SpawnOptions) {
		o.OnStart = func(ctx context.Context) error {
			found, p := From(ctx)
			mine = found.(*worker)
			close(begun)
			<-release
			got, err := askWith(ctx, mine, "double", 1)
			order <- "prepared"
			if got != 2 || p != mine.peer {
				t.Error(got, err)
			}
			return err
		}
	})
	waiting := make(chan error)
	go func() {
		got, err := askFor(w, "double", 21)
		order <- "called"
		if got != 42 {
			err = errors.Join(err, errors.New("not 42"))
		}
		waiting <- err
	}()
	<-begun
	for w.peer.HeldCalls() == 0 {
		runtime.Gosched()
	}
	close(release)
	if err := <-waiting; err != nil || mine != w {
		t.Fatal(err)
	}
	if first := <-order; first != "prepared" {
		t.Fatal(first)
	}
	if got, err := askFor(w, "double", 4); got != 8 || err != nil {
		t.Fatal(got, err)
	}
}

func TestTheHandlersThatOnStartCausesToRunMayCallBack(t *testing.T) {
	w := spawnNesting(t, func(o *ipc.SpawnOptions) {
		o.OnStart = func(ctx context.Context) error {
			found, _ := From(ctx)
			got, err := askWith(ctx, found.(*worker), "nest", 6)
			if got != 6 {
				t.Error(got)
			}
			return err
		}
	})
	if got, err := askFor(w, "nest", 3); got != 3 || err != nil {
		t.Fatal(got, err)
	}
}

func TestAFailureOfOnStartIsAFailedStart(t *testing.T) {
	for name, test := range map[string]struct {
		run  func(ctx context.Context) error
		text string
	}{
		"error":  {func(context.Context) error { return fs.ErrInvalid }, "double was not sent: the start has failed: OnStart: invalid argument"},
		"panic":  {func(context.Context) error { panic("on purpose") }, "double was not sent: the start has failed: OnStart: panic: on purpose"},
		"goexit": {func(context.Context) error { runtime.Goexit(); return nil }, "double was not sent: the start has failed: OnStart: it has ended its goroutine (runtime.Goexit)"},
	} {
		for _, skips := range []bool{false, true} {
			var told atomic.Int64
			w := spawnSelf(t, func(o *ipc.SpawnOptions) {
				o.OnStart, o.SkipVerification = test.run, skips
				o.OnError = func(error) { told.Add(1) }
			})
			failure := failureOf(t, w, "double")
			if failure.Kind != ipc.KindStartFailed || failure.Message != test.text || name == "error" && !errors.Is(failure, fs.ErrInvalid) {
				t.Errorf("%s: %v", name, failure)
			}
			<-w.Done()
			if late := failureOf(t, w, "double"); late.Message != test.text {
				t.Errorf("%s: %v", name, late)
			}
			if isTold := told.Load() == 1; isTold == (name == "error") {
				t.Errorf("%s: told %d times", name, told.Load())
			}
		}
	}
}

func TestOnStartIsNotCalledForAProgramThatCannotBeCalled(t *testing.T) {
	w := spawnCommand(t, []string{"sh", "-c", "exit 3"}, func(o *ipc.SpawnOptions) {
		o.OnStart = func(context.Context) error { t.Error("called"); return nil }
	})
	failure := failureOf(t, w, "any")
	if failure.Kind != ipc.KindWorkerExited || failure.Exit.Code != 3 {
		t.Fatal(failure)
	}
}

func TestAnExitDuringOnStartIsWhatCallsFailWith(t *testing.T) {
	w := spawnSelf(t, func(o *ipc.SpawnOptions) {
		o.OnStart = func(ctx context.Context) error {
			found, _ := From(ctx)
			_, err := askWith(ctx, found.(*worker), "exit", 4)
			return err
		}
	})
	failure := failureOf(t, w, "double")
	if failure.Kind != ipc.KindWorkerExited || failure.Exit.Code != 4 {
		t.Fatal(failure)
	}
}

func TestErrorsAreWhatGoCallsThem(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(folder+"/plain", []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		command []string
		dir     string
		are     []error
		areNot  []error
	}{
		{[]string{"no-such-program"}, "", []error{exec.ErrNotFound, fs.ErrNotExist}, []error{fs.ErrPermission}},
		{[]string{"./no-such-program"}, folder, []error{exec.ErrNotFound, fs.ErrNotExist}, nil},
		{[]string{"./plain"}, folder, []error{fs.ErrPermission}, []error{exec.ErrNotFound, fs.ErrNotExist}},
		{[]string{"sh"}, "/no/such/folder", []error{fs.ErrNotExist}, []error{exec.ErrNotFound}},
	} {
		_, err := startWorker(context.Background(), peer.Contract{}, test.command, peer.Handlers{}, ipc.SpawnOptions{Dir: test.dir})
		for _, target := range test.are {
			if !errors.Is(err, target) {
				t.Errorf("%v is not %v", err, target)
			}
		}
		for _, target := range test.areNot {
			if errors.Is(err, target) {
				t.Errorf("%v is %v", err, target)
			}
		}
		var failure *ipc.Error
		if !errors.As(err, &failure) || strings.Contains(failure.ShortMessage(), "/") || !strings.HasPrefix(failure.ShortMessage(), "The program cannot be started: ") {
			t.Error(failure.ShortMessage())
		}
	}
	w := spawnFor(t, "read line; echo /secret/path >&2; exit 7")
	failure := failureOf(t, w, "any")
	var exit *exec.ExitError
	if !errors.As(failure, &exit) || exit.ExitCode() != 7 {
		t.Error(failure.Cause)
	}
	if short := failure.ShortMessage(); !strings.Contains(failure.Message, "/secret/path") || !strings.HasPrefix(short, "any was not answered: the program exited with code 7 after ") || strings.ContainsAny(short, "/\n") {
		t.Error(short)
	}
	late := &ipc.Error{Kind: ipc.KindStartTimeout}
	if !errors.Is(late, os.ErrDeadlineExceeded) || errors.Is(late, context.DeadlineExceeded) || !os.IsTimeout(late) {
		t.Error("a start that takes too long is no timeout")
	}
	if text := (&ipc.Error{Kind: ipc.KindContractMismatch, Message: "The other side's contract does not match ours:\n  - a"}).ShortMessage(); text != "The other side's contract does not match ours" {
		t.Error(text)
	}
	if text := (&ipc.Error{Code: 3, Message: "theirs"}).ShortMessage(); text != "theirs" {
		t.Error(text)
	}
}
