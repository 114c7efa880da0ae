//go:build unix

package host

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// aChild starts the child of these tests without a host.
func aChild(t *testing.T) (cmd *exec.Cmd, stdin, stdout *os.File, stderr *bytes.Buffer) {
	t.Helper()
	theirs, stdin, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, output, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr = &bytes.Buffer{}
	cmd = &exec.Cmd{Path: os.Args[0], Env: append(os.Environ(), "SIMPLE_IPC_TEST=child"), Stdin: theirs, Stdout: output, Stderr: stderr}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	closeAll([]*os.File{theirs, output})
	return cmd, stdin, stdout, stderr
}

func TestServeReturnsWhenTheHostIsGoneSoThatDeferredFunctionsRun(t *testing.T) {
	cmd, stdin, stdout, stderr := aChild(t)
	// It has the request when it answers what comes after it.
	fmt.Fprintln(stdin, `{"jsonrpc":"2.0","id":1,"method":"wait"}`)
	fmt.Fprintln(stdin, `{"jsonrpc":"2.0","id":2,"method":"rpc.ping"}`)
	if _, err := bufio.NewReader(stdout).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	closeAll([]*os.File{stdin, stdout})
	_ = cmd.Wait()
	want := "the host is gone: nobody reads the output any more\ndeferred\n"
	if !strings.HasSuffix(stderr.String(), want) || cmd.ProcessState.ExitCode() != 2 {
		t.Fatal(cmd.ProcessState, stderr)
	}
}

func TestServeReturnsWhenTheOutputIsClosedAndTheInputIsNot(t *testing.T) {
	cmd, stdin, stdout, stderr := aChild(t)
	_ = stdout.Close()
	fmt.Fprintln(stdin, `{"jsonrpc":"2.0","id":2,"method":"rpc.ping"}`)
	_ = cmd.Wait()
	_ = stdin.Close()
	if !strings.HasSuffix(stderr.String(), "deferred\n") || cmd.ProcessState.ExitCode() != 2 {
		t.Fatal(cmd.ProcessState, stderr)
	}
}

func TestServeReturnsWithoutAnErrorAfterTheLastAnswer(t *testing.T) {
	cmd, stdin, stdout, stderr := aChild(t)
	fmt.Fprintln(stdin, `{"jsonrpc":"2.0","id":1,"method":"double","params":[21]}`)
	_ = stdin.Close()
	text, err := bufio.NewReader(stdout).ReadString('\n')
	_ = cmd.Wait()
	if text != `{"jsonrpc":"2.0","id":1,"result":42}`+"\n" || err != nil || stderr.String() != "deferred\n" || cmd.ProcessState.ExitCode() != 0 {
		t.Fatal(text, err, stderr, cmd.ProcessState)
	}
}
