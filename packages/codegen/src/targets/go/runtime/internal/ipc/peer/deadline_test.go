package peer

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"testing"
	"time"

	"simpleipc/internal/ipc/jsontree"
)

func TestADeadlineFailsNoCallWhoseAnswerArrivedWhileTheProcessWasStopped(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows stops no processes")
	}
	for range 3 {
		started := make(chan struct{}, 1)
		// It writes to a pipe of the system, which is read when the process continues.
		script := "read line; echo got; sleep 0.2; echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1}'; sleep 600"
		program := exec.Command("sh", "-c", script)
		stdin, _ := program.StdinPipe()
		stdout, _ := program.StdoutPipe()
		if err := program.Start(); err != nil {
			t.Fatal(err)
		}
		host := New(Contract{}, Handlers{}, Options{IsHost: true, OnPlainLine: func(string) { started <- struct{}{} }})
		host.Connect(func(bytes []byte) error { _, err := stdin.Write(bytes); return err }, func() {})
		go func() {
			buffer := make([]byte, 4096)
			for {
				n, err := stdout.Read(buffer)
				if err != nil {
					return
				}
				host.Receive(buffer[:n])
			}
		}()
		ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
		call := host.start(ctx, "echo", nil, nil, nil)
		<-started
		pid := strconv.Itoa(os.Getpid())
		// The shell stops this process, and lets it continue when its answer has long been there.
		if err := exec.Command("sh", "-c", "(kill -STOP "+pid+"; sleep 1.2; kill -CONT "+pid+") >/dev/null 2>&1 &").Run(); err != nil {
			t.Fatal(err)
		}
		if err := call.finish(nil); err != nil {
			t.Fatal(err)
		}
		cancel()
		_ = program.Process.Kill()
		_ = program.Wait()
		host.CloseOutput()
	}
}

func TestADeadlineFailsNoCallWhoseAnswerWaitsBehindANotification(t *testing.T) {
	child := peerWith(map[string]func(context.Context, *Incoming) error{
		"double": func(_ context.Context, call *Incoming) error {
			if err := call.peer.Notify(context.Background(), "slow", nil); err != nil {
				t.Error(err)
			}
			return answerNumber(call, 2*numberOf(call))
		},
	})
	host := peerWith(nil)
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	host.notifications["slow"] = &Notification{Handle: func(context.Context, *jsontree.Node) error {
		<-ctx.Done()
		time.Sleep(50 * time.Millisecond)
		return nil
	}}
	pair(t, host, child)
	if got, err := ask(ctx, host, "double", 21); got != 42 || err != nil {
		t.Fatal(got, err)
	}
}
