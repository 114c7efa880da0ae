//go:build unix

package host

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"simpleipc/internal/ipc/child"
	"simpleipc/internal/ipc/peer"
	"simpleipc/internal/ipc/process"
	"simpleipc/ipc"
)

// TestMain is also the child and the host that the tests start: this program again.
func TestMain(m *testing.M) {
	switch os.Getenv("SIMPLE_IPC_TEST") {
	case "child":
		answerTests()
	case "host":
		hostTests()
	default:
		os.Exit(m.Run())
	}
}

// answerTests is a child.
func answerTests() {
	code := 0
	defer func() { os.Exit(code) }()
	defer fmt.Fprintln(os.Stderr, "deferred")
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGUSR1)
	defer stop()
	if err := child.Serve(ctx, peer.Contract{Name: "test"}, peer.Handlers{Methods: childMethods}, nil); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 2
	}
}

// hostTests is a host that starts a program deaf to everything and waits.
func hostTests() {
	w := spawnFor(nil, "trap '' TERM HUP INT; sleep 1000 & echo $! > "+os.Args[1]+"; while :; do sleep 1000; done")
	fmt.Println(w.Pid())
	select {}
}

// spawnFor starts a script; nothing is asked before it says so.
func spawnFor(t *testing.T, script string, options ...func(*ipc.SpawnOptions)) *worker {
	return spawnCommand(t, []string{"sh", "-c", script}, append(options, func(o *ipc.SpawnOptions) { o.SkipVerification = true })...)
}

func spawnCommand(t *testing.T, command []string, options ...func(*ipc.SpawnOptions)) *worker {
	return spawnWith(t, command, nil, options...)
}

// spawnNesting starts the child of these tests, whose nested calls the host answers.
func spawnNesting(t *testing.T, choose func(*ipc.SpawnOptions)) *worker {
	return spawnWith(t, []string{os.Args[0]}, map[string]*peer.Method{"nest": {Handle: nest}}, choose, asChild)
}

func asChild(o *ipc.SpawnOptions) { o.Env = append(os.Environ(), "SIMPLE_IPC_TEST=child") }

func spawnWith(t *testing.T, command []string, methods map[string]*peer.Method, options ...func(*ipc.SpawnOptions)) *worker {
	chosen := ipc.SpawnOptions{Stderr: io.Discard, InputGrace: 50 * time.Millisecond, TermGrace: 50 * time.Millisecond}
	for _, choose := range options {
		choose(&chosen)
	}
	w, err := startWorker(context.Background(), peer.Contract{Name: "test"}, command, peer.Handlers{Methods: methods}, chosen)
	if err != nil {
		panic(err)
	}
	if t != nil {
		t.Cleanup(func() {
			if err := w.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	return w
}

func spawnSelf(t *testing.T, options ...func(*ipc.SpawnOptions)) *worker {
	return spawnCommand(t, []string{os.Args[0]}, append(options, asChild)...)
}

// failureOf waits for a call that fails.
func failureOf(t *testing.T, w *worker, name string) *ipc.Error {
	t.Helper()
	_, err := askFor(w, name, 3)
	var failure *ipc.Error
	if !errors.As(err, &failure) {
		t.Fatalf("%s failed with %v", name, err)
	}
	return failure
}

func contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q does not contain %q", text, part)
		}
	}
}

// isGone waits until no process of that number, or group if it is negative, is alive.
func isGone(t *testing.T, pid int) {
	t.Helper()
	for range 500 {
		if syscall.Kill(pid, 0) == syscall.ESRCH || pid > 0 && isZombie(pid) || pid < 0 && process.GroupGone(-pid) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%d is alive", pid)
}

func isZombie(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err == nil && strings.Contains(string(stat), ") Z ")
}

func TestAProgramOfOursAnswersAndEndsInOrder(t *testing.T) {
	w := spawnSelf(t, func(o *ipc.SpawnOptions) { o.InputGrace = 0 })
	if got, err := askFor(w, "double", 21); got != 42 || err != nil {
		t.Fatal(got, err)
	}
	report, err := w.Stop(context.Background())
	if err != nil || report.Code != 0 || report.Signal != "" {
		t.Fatal(report, err)
	}
	if failure := failureOf(t, w, "double"); failure.Kind != ipc.KindStopped {
		t.Fatal(failure)
	}
}

func TestACallWhoseProgramDiesSaysHowAndOnWhatItWorked(t *testing.T) {
	w := spawnSelf(t)
	waiting := begin(context.Background(), w, "wait")
	failure := failureOf(t, w, "exit")
	if failure.Kind != ipc.KindWorkerExited || failure.Exit.Code != 3 {
		t.Fatal(failure)
	}
	contains(t, failure.Message, "exit was not answered: ", "exited with code 3 after ", "in flight: wait, exit")
	if _, err := waiting.Result(); !errors.As(err, &failure) || failure.Kind != ipc.KindWorkerExited {
		t.Fatal(err)
	}
	contains(t, failureOf(t, w, "double").Message, "double was not sent: ")
}

func TestTheReportHoldsTheLastLinesAndAHint(t *testing.T) {
	w := spawnFor(t, "echo plain; echo why >&2; kill -KILL $$")
	failure := failureOf(t, w, "any")
	contains(t, failure.Message, "was ended by SIGKILL after ", "last lines of stderr:\n  | why", "last lines of stdout:\n  | plain", "hint: killed from outside")
}

func TestWhatAProgramLeavesInItsGroupIsKilled(t *testing.T) {
	left := filepath.Join(t.TempDir(), "left")
	w := spawnFor(t, "trap '' TERM; (trap '' TERM; sleep 1000) & echo $! > "+left+"; exit 0")
	<-w.Done()
	text, err := os.ReadFile(left)
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	isGone(t, pid)
}

func TestAProgramThatHearsNothingIsKilledWithItsGroup(t *testing.T) {
	w := spawnFor(t, "trap '' TERM; sleep 1000 & while :; do sleep 1000; done")
	report, err := w.Stop(context.Background())
	if err != nil || report.Signal != "SIGKILL" {
		t.Fatal(report, err)
	}
	isGone(t, -w.Pid())
}

func TestAProgramThatClosesItsOutputFailsItsCallsAndIsStopped(t *testing.T) {
	w := spawnFor(t, "exec >&-; while :; do sleep 1000; done")
	contains(t, failureOf(t, w, "any").Message, "it closed its stdout but is still running: ", "has been running for ")
	<-w.Done()
	isGone(t, -w.Pid())
}

func TestAProgramThatClosesItsInputFailsItsCalls(t *testing.T) {
	for _, script := range []string{"exec <&-; while :; do sleep 1000; done", "read -r line; exec <&-; while :; do sleep 1000; done"} {
		w := spawnFor(t, script)
		contains(t, failureOf(t, w, "any").Message, "any was not answered: it closed its stdin but is still running: ", "has been running for ")
		contains(t, failureOf(t, w, "later").Message, "it closed its stdin but is still running: ")
		if _, err := w.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	}
}

func TestNegativeOptionsAreRefused(t *testing.T) {
	for name, options := range map[string]ipc.SpawnOptions{
		"InputGrace is -1s": {InputGrace: -time.Second}, "TermGrace is -1ns": {TermGrace: -1}, "StartTimeout is -1m0s": {StartTimeout: -time.Minute},
		"MaxMessageBytes is -1": {MaxMessageBytes: -1}, "MaxQueuedBytes is -2": {MaxQueuedBytes: -2},
	} {
		_, err := startWorker(context.Background(), peer.Contract{}, []string{"true"}, peer.Handlers{}, options)
		if want := "SpawnOptions." + name + ": it must not be negative"; err == nil || err.Error() != want {
			t.Errorf("%v, not %s", err, want)
		}
	}
	if err := child.Serve(context.Background(), peer.Contract{}, peer.Handlers{}, []ipc.ServeOptions{{MaxQueuedBytes: -1}}); err == nil || err.Error() != "ServeOptions.MaxQueuedBytes is -1: it must not be negative" {
		t.Error(err)
	}
	w := spawnSelf(t, func(o *ipc.SpawnOptions) { o.InputGrace, o.StartTimeout = math.MaxInt64, math.MaxInt64 })
	if got, err := askFor(w, "double", 2); got != 4 || err != nil {
		t.Fatal(got, err)
	}
}

func TestAHostThatIsKilledLeavesNoProgram(t *testing.T) {
	left := filepath.Join(t.TempDir(), "left")
	host := exec.Command(os.Args[0], left)
	host.Env = append(os.Environ(), "SIMPLE_IPC_TEST=host")
	output, err := host.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := host.Start(); err != nil {
		t.Fatal(err)
	}
	var pid int
	if _, err := fmt.Fscan(output, &pid); err != nil {
		t.Fatal(err)
	}
	if err := host.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = host.Wait()
	isGone(t, -pid)
}

func TestAFloodOfStderrAndOfLinesHarmsNothing(t *testing.T) {
	w := spawnFor(t, "i=0; while [ $i -lt 20000 ]; do echo error $i >&2; echo line $i; i=$((i+1)); done; exit 7")
	failure := failureOf(t, w, "any")
	if failure.Exit.Code != 7 || len(failure.Exit.Stderr) != keptLines || len(failure.Exit.Lines) != keptLines {
		t.Fatal(failure)
	}
	contains(t, failure.Message, "  | error 19999", "  | line 19999")
}

func TestAProgramThatTellsMoreThanItsHostCanBearHasToWait(t *testing.T) {
	release := make(chan struct{})
	var heard atomic.Int64
	w := spawnFor(t, "i=0; while [ $i -lt 3000 ]; do printf '%01000d\\n' $i; i=$((i+1)); done; echo done >&2; sleep 1000", func(o *ipc.SpawnOptions) {
		o.MaxQueuedBytes = 100_000
		o.OnLine = func(string) {
			<-release
			heard.Add(1)
		}
	})
	for w.peer.UndeliveredBytes() <= 100_000 {
		time.Sleep(time.Millisecond)
	}
	// The pipe is full behind it, so the program cannot get to its end.
	if lines := w.errors.all(); len(lines) != 0 || w.peer.UndeliveredBytes() > 100_000+2*peer.ReadBytes {
		t.Fatal(lines, w.peer.UndeliveredBytes())
	}
	close(release)
	for heard.Load() < 3000 {
		time.Sleep(time.Millisecond)
	}
}

func TestAProgramThatAsksAndDoesNotReadIsStopped(t *testing.T) {
	script := `while :; do echo '{"jsonrpc":"2.0","id":1,"method":"rpc.ping"}' || exit; done`
	w := spawnFor(t, script, func(o *ipc.SpawnOptions) { o.MaxQueuedBytes = 1000 })
	<-w.Done()
	failure := failureOf(t, w, "any")
	if failure.Kind != ipc.KindQueueFull {
		t.Fatal(failure)
	}
	contains(t, failure.Message, "any was not answered: the program goes on asking and does not read: ", " bytes wait for it, the limit is 1000 (MaxQueuedBytes), and was stopped\n", "has been running for ")
}

func TestTextInFrontOfAMessageIsALine(t *testing.T) {
	lines := make(chan string, 10)
	script := `read -r line; printf 'progress 40%%{"jsonrpc":"2.0","id":1,"result":5}\n'; ` +
		`printf 'no {"jsonrpc":"2.0","id":77,"result":5}\n'; sleep 1000`
	w := spawnFor(t, script, func(o *ipc.SpawnOptions) { o.OnLine = func(line string) { lines <- line } })
	if got, err := askFor(w, "any", 0); got != 5 || err != nil {
		t.Fatal(got, err)
	}
	for _, want := range []string{"progress 40%", `no {"jsonrpc":"2.0","id":77,"result":5}`} {
		if got := <-lines; got != want {
			t.Errorf("%q instead of %q", got, want)
		}
	}
}

func TestAProgramThatDiesWithinItsAnswerHasExited(t *testing.T) {
	for _, part := range []string{`{"jsonrpc":"2.0","id":1,"result":"half of`, `{"jsonrpc":"2.0","method":"$/items","params":{"id":1,"values":["half`, `{"jsonrpc":"2.0","id":1`} {
		w := spawnFor(t, "read -r line; printf '%s' '"+part+"'; kill -KILL $$")
		failure := failureOf(t, w, "any")
		if failure.Kind != ipc.KindWorkerExited || failure.Exit.Signal != "SIGKILL" || len(failure.Exit.Lines) != 1 || failure.Exit.Lines[0] != part {
			t.Error(failure)
		}
	}
}

func TestAWholeAnswerWithoutItsLineEndCounts(t *testing.T) {
	w := spawnFor(t, `read -r line; printf '%s' '{"jsonrpc":"2.0","id":1,"result":7}'`)
	if got, err := askFor(w, "any", 0); got != 7 || err != nil {
		t.Fatal(got, err)
	}
}

func TestAProgramThatSaysNothingIsGivenUp(t *testing.T) {
	w := spawnCommand(t, []string{"sleep", "1000"}, func(o *ipc.SpawnOptions) { o.StartTimeout = 20 * time.Millisecond })
	if failure := failureOf(t, w, "any"); failure.Kind != ipc.KindStartTimeout {
		t.Fatal(failure)
	}
	<-w.Done()
}

func TestAScriptWithoutItsFirstLineIsRunByTheShell(t *testing.T) {
	script := filepath.Join(t.TempDir(), "script")
	if err := os.WriteFile(script, []byte("echo $1 >&2; exit 5\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	w := spawnCommand(t, []string{script, "argument"})
	failure := failureOf(t, w, "any")
	if failure.Exit == nil || failure.Exit.Code != 5 {
		t.Fatal(failure)
	}
	contains(t, failure.Message, "  | argument")
}

func TestWhatCannotBeStartedSaysWhatWasLookedForAndWhere(t *testing.T) {
	folder := t.TempDir()
	files := map[string]struct {
		text string
		mode os.FileMode
	}{"plain": {"text", 0o644}, "script": {"#!/no/such/interpreter\n", 0o755}}
	for name, file := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(file.text), file.mode); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		command []string
		dir     string
		parts   []string
	}{
		{[]string{"no-such-program"}, "", []string{"Cannot start no-such-program: no such program (ENOENT): looked for no-such-program in each folder of PATH (cwd "}},
		{[]string{"./no-such-program"}, folder, []string{"looked for " + folder + "/no-such-program"}},
		{[]string{"./plain"}, folder, []string{folder + "/plain is not executable"}},
		{[]string{"./script"}, folder, []string{"names the interpreter /no/such/interpreter, which does not"}},
		{[]string{folder}, "", []string{folder + " is a directory (EACCES"}},
		{[]string{"sh"}, "/no/such/folder", []string{"the working directory /no/such/folder does not exist"}},
		{nil, "", []string{"There is no command"}},
	} {
		_, err := startWorker(context.Background(), peer.Contract{}, test.command, peer.Handlers{}, ipc.SpawnOptions{Dir: test.dir})
		var failure *ipc.Error
		if !errors.As(err, &failure) || failure.Kind != ipc.KindStartFailed {
			t.Errorf("%v: %v", test.command, err)
			continue
		}
		contains(t, failure.Message, test.parts...)
	}
}
