package process

import (
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// The signals that end a program: one asks, the other does not.
const (
	Terminate = syscall.SIGTERM
	Kill      = syscall.SIGKILL
)

// InOwnSession keeps a program from opening a window.
func InOwnSession(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true} }

// SignalGroup ends a program and all that it has started, whatever the signal.
func SignalGroup(group int, _ syscall.Signal) error {
	cmd := exec.Command("taskkill", "/pid", strconv.Itoa(group), "/T", "/F")
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true}
	return cmd.Run()
}

// KillLeftovers does nothing: a tree whose root has gone is not known any more.
func KillLeftovers(int) {}

// GroupGone has nothing to wait for.
func GroupGone(int) bool { return true }

// UntilExit returns at once: only Wait tells.
func UntilExit(int) {}

// HowEnded gives the exit code: there are no signals.
func HowEnded(state *os.ProcessState) (code int, signal string) { return state.ExitCode(), "" }
