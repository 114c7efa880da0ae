//go:build unix

package host

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"simpleipc/ipc"
)

// watchdogPids are the watchdogs of this program.
func watchdogPids(t *testing.T) []int {
	t.Helper()
	commands, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	var found []int
	for _, file := range commands {
		command, _ := os.ReadFile(file)
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		isOurs := bytes.Contains(stat, fmt.Appendf(nil, " %d ", os.Getpid()))
		if isOurs && bytes.Contains(command, []byte("read -r sign group")) {
			found = append(found, pid)
		}
	}
	return found
}

func TestAWatchdogThatIsKilledIsStartedAgain(t *testing.T) {
	if _, err := os.Stat("/proc/self/cmdline"); err != nil {
		t.Skip("there is no /proc to find the watchdog in")
	}
	spawnFor(t, "sleep 1000")
	before := watchdogPids(t)
	if len(before) != 1 {
		t.Fatalf("there are %d watchdogs", len(before))
	}
	if err := syscall.Kill(before[0], syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	for range 500 {
		if now := watchdogPids(t); len(now) == 1 && now[0] != before[0] {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("there is no watchdog")
}

func TestAStopDuringTheVerificationSettlesWhatWaitsForIt(t *testing.T) {
	w := spawnCommand(t, []string{"sleep", "1000"})
	ctx, cancel := context.WithCancel(context.Background())
	given := begin(ctx, w, "given up")
	waiting := begin(context.Background(), w, "waiting")
	cancel()
	if _, err := given.Result(); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if _, err := w.Stop(context.Background()); err != nil {
		t.Fatal(err)
	}
	var failure *ipc.Error
	if _, err := waiting.Result(); !errors.As(err, &failure) || failure.Kind != ipc.KindStopped {
		t.Fatal(err)
	}
	if failure := failureOf(t, w, "late"); failure.Kind != ipc.KindStopped {
		t.Fatal(failure)
	}
}
