package process

import (
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// The signals that stop a program: the first one asks, the second one forces.
const (
	Terminate = syscall.SIGTERM
	Kill      = syscall.SIGKILL
)

// InOwnSession keeps a program from opening a window.
func InOwnSession(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true} }

// SignalGroup kills a program and everything that it has started, whatever the signal. It is for programs that Wait has
// not returned for: until then, the id is theirs.
func SignalGroup(group int, _ syscall.Signal) error {
	cmd := exec.Command("taskkill", "/pid", strconv.Itoa(group), "/T", "/F")
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true}
	return cmd.Run()
}

// KillLeftovers does nothing: the descendants of a process that has exited are not known.
func KillLeftovers(int) {}

// GroupGone has nothing to wait for.
func GroupGone(int) bool { return true }

// HowEnded returns the exit code: there are no signals.
func HowEnded(state *os.ProcessState) (code int, signal string) { return state.ExitCode(), "" }
