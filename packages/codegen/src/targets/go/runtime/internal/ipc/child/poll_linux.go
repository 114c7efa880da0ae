package child

import (
	"syscall"
	"unsafe"
)

type pollFD struct {
	number  int32
	events  int16
	revents int16
}

const (
	pollIn    = 0x1
	pollOut   = 0x4
	pollError = 0x8
	pollHup   = 0x10
)

// poll polls one descriptor; unless it waits, it returns at once.
func poll(number int, events int16, wait bool) int16 {
	fd := pollFD{number: int32(number), events: events}
	var timeout *syscall.Timespec
	if !wait {
		timeout = &syscall.Timespec{}
	}
	for {
		_, _, err := syscall.Syscall6(syscall.SYS_PPOLL, uintptr(unsafe.Pointer(&fd)), 1, uintptr(unsafe.Pointer(timeout)), 0, 0, 0)
		if err != syscall.EINTR {
			return fd.revents
		}
	}
}

// waitFor waits until a descriptor that another process has made non-blocking is ready.
func waitFor(number int, toWrite bool) {
	events := int16(pollIn)
	if toWrite {
		events = pollOut
	}
	poll(number, events, true)
}

// hasReader reports whether anybody still reads the output.
func (c *child) hasReader() bool {
	return poll(c.sink.number, 0, false)&(pollError|pollHup) == 0
}
