//go:build unix

package host

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"simpleipc/internal/ipc/peer"
	"simpleipc/ipc"
)

// answers is a program that answers its first call, and then waits.
func answers(answer string) string {
	return `read line; echo '{"jsonrpc":"2.0","id":1,` + answer + `}'; sleep 1000`
}

func TestWhatPeopleOutsideAreTold(t *testing.T) {
	secret := `"message":"open /secret/file: no such file"}`
	for script, short := range map[string]string{
		answers(`"error":{"code":-32601,` + secret):                            "any does not exist on the other side",
		answers(`"error":{"code":-32602,` + secret):                            "any was called with invalid params",
		answers(`"error":{"code":-32603,` + secret):                            "any failed",
		answers(`"error":{"code":-32800,` + secret):                            "any was cancelled",
		answers(`"error":{"code":-32001,` + secret):                            "any was not answered: the other side is stopping",
		answers(`"error":{"code":-32003,` + secret):                            "any was not answered: the other side is busy",
		answers(`"error":{"code":77,` + secret):                                "any failed with code 77",
		answers(`"result":"/secret"`):                                          "any answered with something that does not fit the contract: result must be an integer",
		answers(`"result":/secret`):                                            "any was answered with a message that cannot be read",
		"read line; exec >&-; echo /secret >&2; sleep 1000":                    "any was not answered: it closed its stdout but is still running: the program has been running for ",
		"read line; echo /secret >&2; exit 7":                                  "any was not answered: the program exited with code 7 after ",
		"# /secret\nread line; kill -9 $$":                                     "any was not answered: the program was ended by SIGKILL after ",
		"# /secret\nread line; echo 'no message'; sleep 1000; # for a timeout": "any was not answered in time; it was cancelled",
	} {
		w := spawnFor(t, script)
		ctx := context.Background()
		if strings.Contains(script, "timeout") {
			late, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
			defer cancel()
			ctx = late
		}
		_, err := askWith(ctx, w, "any", 3)
		var failure *ipc.Error
		if !errors.As(err, &failure) || failure.Method != "any" {
			t.Errorf("%s: %v", script, err)
			continue
		}
		if got := failure.ShortMessage(); !strings.HasPrefix(got, short) || strings.ContainsAny(got, "/\n") {
			t.Errorf("%q, not %q, for %q", got, short, failure.Message)
		}
	}
}

func TestWhatPeopleOutsideAreToldOfAStart(t *testing.T) {
	w := spawnSelf(t, func(o *ipc.SpawnOptions) {
		o.OnStart = func(context.Context) error { return &fs.PathError{Op: "open", Path: "/secret", Err: os.ErrNotExist} }
	})
	failure := failureOf(t, w, "double")
	contains(t, failure.Message, "/secret")
	if short := failure.ShortMessage(); short != "double was not sent: the program could not be prepared" {
		t.Error(short)
	}
	w = spawnCommand(t, []string{"sh", "-c", "# /secret\nsleep 1000"}, func(o *ipc.SpawnOptions) { o.StartTimeout = 20 * time.Millisecond })
	failure = failureOf(t, w, "any")
	contains(t, failure.Message, "/secret")
	if short := failure.ShortMessage(); short != "any was not answered: no answer came within the StartTimeout of 20ms" {
		t.Error(short)
	}
	ours := peer.Contract{Name: "test", Version: "1", File: "/secret/test.go"}
	failure = contractMismatch(ours, "other (does not match ours, '/secret')", "2", []string{"child add: is missing"})
	contains(t, failure.Message, "(/secret/test.go)")
	if short := failure.ShortMessage(); short != "The other side's contract does not match ours, 'test' 1" {
		t.Error(short)
	}
}
