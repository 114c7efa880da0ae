package simpleipc

import (
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

const (
	terminate = syscall.SIGTERM
	kill      = syscall.SIGKILL
)

// inOwnSession keeps a program from opening a window.
func inOwnSession(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true} }

// signalGroup ends a program and all that it has started, whatever the signal.
func signalGroup(group int, _ syscall.Signal) error {
	cmd := exec.Command("taskkill", "/pid", strconv.Itoa(group), "/T", "/F")
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true}
	return cmd.Run()
}

// killLeftovers does nothing: a tree whose root has gone is not known any more.
func killLeftovers(int) {}

// groupGone has nothing to wait for.
func groupGone(int) {}

// untilExit returns at once: only Wait tells.
func untilExit(int) {}

func howEnded(state *os.ProcessState) (code int, signal string) { return state.ExitCode(), "" }
