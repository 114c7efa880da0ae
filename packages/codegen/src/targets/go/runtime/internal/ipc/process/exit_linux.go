package process

import (
	"syscall"
)

// UntilExit returns when the program has exited and its number is still its own, because nobody has fetched its exit
// code yet.
func UntilExit(pid int) {
	const (
		byPid    = 1
		exited   = 0x4
		dontReap = 0x1000000
	)
	for {
		_, _, err := syscall.Syscall6(syscall.SYS_WAITID, byPid, uintptr(pid), 0, exited|dontReap, 0, 0)
		if err != syscall.EINTR {
			return
		}
	}
}
