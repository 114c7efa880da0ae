//go:build unix

package host

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"syscall"
	"testing"

	"simpleipc/internal/ipc/peer"
	"simpleipc/ipc"
)

// patient is how a program is started that is never asked to end by a signal in time.
var patient = ipc.SpawnOptions{Stderr: io.Discard, SkipVerification: true, InputGrace: math.MaxInt64, TermGrace: math.MaxInt64}

const deaf = "trap '' TERM; while :; do sleep 1000; done"

func startDeaf(ctx context.Context, t *testing.T) *worker {
	t.Helper()
	w, err := startWorker(ctx, peer.Contract{Name: "test"}, []string{"sh", "-c", deaf}, peer.Handlers{}, patient)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestTheEndOfTheContextOfStopKillsAtOnce(t *testing.T) {
	w := startDeaf(context.Background(), t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	report, err := w.Stop(ctx)
	if err != nil || report.Signal != "SIGKILL" {
		t.Fatal(report, err)
	}
	isGone(t, -w.Pid())
}

func TestTheEndOfTheContextOfSpawnStopsTheProgramAndItsCalls(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	w, err := startWorker(ctx, peer.Contract{Name: "test"}, []string{"cat"}, peer.Handlers{}, patient)
	if err != nil {
		t.Fatal(err)
	}
	waiting := begin(context.Background(), w, "any")
	cancel()
	var failure *ipc.Error
	if _, err := waiting.Result(); !errors.As(err, &failure) || failure.Kind != ipc.KindStopped {
		t.Fatal(err)
	}
	<-w.Done()
	if report := w.Report(); report.Code != 0 {
		t.Fatal(report)
	}
}

func TestNothingIsStartedWithAContextThatHasEnded(t *testing.T) {
	why := errors.New("the tests are over")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(why)
	_, err := startWorker(ctx, peer.Contract{Name: "test"}, []string{"sh", "-c", deaf}, peer.Handlers{}, patient)
	var failure *ipc.Error
	if !errors.As(err, &failure) || failure.Kind != ipc.KindStartFailed || !errors.Is(err, why) {
		t.Fatal(err)
	}
}

type keyOfTest struct{}

func TestHandlersHaveTheValuesOfTheContextOfSpawn(t *testing.T) {
	values := make(chan any, 2)
	handlers := peer.Handlers{Methods: map[string]*peer.Method{"nest": {Handle: func(ctx context.Context, call *peer.Incoming) error {
		values <- ctx.Value(keyOfTest{})
		return nest(ctx, call)
	}}}}
	ctx := context.WithValue(context.Background(), keyOfTest{}, "value")
	options := ipc.SpawnOptions{Stderr: io.Discard, SkipVerification: true, OnStart: func(ctx context.Context) error {
		values <- ctx.Value(keyOfTest{})
		return nil
	}}
	asChild(&options)
	w, err := startWorker(ctx, peer.Contract{Name: "test"}, []string{os.Args[0]}, handlers, options)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	if got, err := askFor(w, "nest", 1); got != 1 || err != nil {
		t.Fatal(got, err)
	}
	if onStart, handler := <-values, <-values; onStart != "value" || handler != "value" {
		t.Fatal(onStart, handler)
	}
}

func TestNilHandlersAreRefusedByTheNamesOfWhatTheyWouldHandle(t *testing.T) {
	type handlers interface{ Nest() }
	type program struct{ handlers }
	methods := map[string]*peer.Method{"nest": {}, "one": {}, "two": {}, "three": {}}
	notifications := map[string]*peer.Notification{"log": {}, "warn": {}}
	for _, value := range []any{nil, handlers(nil), (*program)(nil)} {
		given := peer.Handlers{Value: value, Interface: "HostHandlers", Methods: methods, Notifications: notifications}
		_, err := startWorker(context.Background(), peer.Contract{}, []string{"cat"}, given, patient)
		if err == nil {
			t.Fatalf("%#v", value)
		}
		contains(t, err.Error(), "the handlers passed to Spawn are nil, so that nothing handles log, nest, one, three, two and 1 more: pass a HostHandlers")
	}
}

func TestOptionsArePassedOnce(t *testing.T) {
	_, _, err := Start(context.Background(), peer.Contract{}, []string{"cat"}, peer.Handlers{}, []ipc.SpawnOptions{{Dir: "/"}, patient})
	if err == nil {
		t.Fatal("two options were taken")
	}
	contains(t, err.Error(), "Spawn was given 2 options: pass one ipc.SpawnOptions with all of them")
}

func TestServeAnswersWhatIsOpenWhenItsContextEnds(t *testing.T) {
	cmd, stdin, stdout, stderr := aChild(t)
	fmt.Fprintln(stdin, `{"jsonrpc":"2.0","id":1,"method":"wait"}`)
	fmt.Fprintln(stdin, `{"jsonrpc":"2.0","id":2,"method":"rpc.ping"}`)
	lines := bufio.NewScanner(stdout)
	lines.Scan()
	if err := cmd.Process.Signal(syscall.SIGUSR1); err != nil {
		t.Fatal(err)
	}
	lines.Scan()
	contains(t, lines.Text(), `"id":1`, `"code":-32001`)
	_ = cmd.Wait()
	_ = stdin.Close()
	if !strings.HasSuffix(stderr.String(), "deferred\n") || cmd.ProcessState.ExitCode() != 2 {
		t.Fatal(cmd.ProcessState, stderr)
	}
}
