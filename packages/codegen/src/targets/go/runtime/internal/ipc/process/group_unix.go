//go:build unix

package process

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// The signals that stop a program: the first one asks, the second one forces.
const (
	Terminate = syscall.SIGTERM
	Kill      = syscall.SIGKILL
)

// InOwnSession starts a program in its own session: Ctrl-C in the host's terminal does not reach it, and its id is that
// of its group.
func InOwnSession(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }

// SignalGroup sends a signal to a program and everything in its group.
func SignalGroup(group int, signal syscall.Signal) error { return syscall.Kill(-group, signal) }

// GroupGone waits until no process of a killed group is running. It returns false after a second: some processes are
// stuck in the kernel.
func GroupGone(group int) bool {
	pause := time.Millisecond
	for waited := time.Duration(0); waited < time.Second; waited += pause {
		if syscall.Kill(-group, 0) == syscall.ESRCH {
			return true
		}
		// A dead process that nobody waits for stays in the process table, for example if PID 1 is not an init.
		if waited > 10*time.Millisecond && allDead(group) {
			return true
		}
		time.Sleep(pause)
		pause = min(2*pause, 50*time.Millisecond)
	}
	return false
}

// allDead reports whether /proc, if there is one, lists no running process of the group.
func allDead(group int) bool {
	names, err := os.ReadDir("/proc")
	if err != nil {
		return false
	}
	for _, entry := range names {
		if _, err := strconv.Atoi(entry.Name()); err == nil && livesIn(entry.Name(), group) {
			return false
		}
	}
	return true
}

func livesIn(pid string, group int) bool {
	stat, err := os.ReadFile("/proc/" + pid + "/stat")
	if err != nil {
		return false
	}
	// pid (name) state parent group …, and a name may contain spaces and parentheses.
	text := string(stat)
	fields := strings.Fields(text[strings.LastIndexByte(text, ')')+1:])
	return len(fields) > 2 && fields[2] == strconv.Itoa(group) && !strings.Contains("ZX", fields[0])
}

var signalNames = map[syscall.Signal]string{
	syscall.SIGABRT: "SIGABRT", syscall.SIGALRM: "SIGALRM", syscall.SIGBUS: "SIGBUS", syscall.SIGFPE: "SIGFPE",
	syscall.SIGHUP: "SIGHUP", syscall.SIGILL: "SIGILL", syscall.SIGINT: "SIGINT", syscall.SIGKILL: "SIGKILL",
	syscall.SIGPIPE: "SIGPIPE", syscall.SIGQUIT: "SIGQUIT", syscall.SIGSEGV: "SIGSEGV", syscall.SIGSYS: "SIGSYS",
	syscall.SIGTERM: "SIGTERM", syscall.SIGTRAP: "SIGTRAP", syscall.SIGUSR1: "SIGUSR1", syscall.SIGUSR2: "SIGUSR2",
	syscall.SIGXCPU: "SIGXCPU", syscall.SIGXFSZ: "SIGXFSZ",
}

// HowEnded returns the exit code, or -1 and the name of the signal that killed the program.
func HowEnded(state *os.ProcessState) (code int, signal string) {
	status, ok := state.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() {
		return state.ExitCode(), ""
	}
	if name := signalNames[status.Signal()]; name != "" {
		return -1, name
	}
	return -1, "signal " + strconv.Itoa(int(status.Signal()))
}

// KillLeftovers kills what a program that has exited has left in its group.
func KillLeftovers(group int) { _ = syscall.Kill(-group, syscall.SIGKILL) }
