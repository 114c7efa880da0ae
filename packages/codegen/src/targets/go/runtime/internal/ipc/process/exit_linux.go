package process

import (
	"syscall"
)

// UntilExit returns true when the program has exited. Its id is still its own, because its exit code has not been fetched
// yet.
func UntilExit(pid int) bool {
	const (
		byPid    = 1
		exited   = 0x4
		dontReap = 0x1000000
	)
	for {
		_, _, err := syscall.Syscall6(syscall.SYS_WAITID, byPid, uintptr(pid), 0, exited|dontReap, 0, 0)
		if err != syscall.EINTR {
			return err == 0
		}
	}
}
