package child

import (
	"os"
	"syscall"
)

var setStdHandle = syscall.NewLazyDLL("kernel32.dll").NewProc("SetStdHandle")

// descriptor is an end of a pipe.
type descriptor struct{ *os.File }

// takeStdio reserves stdin and stdout for the protocol. Anything else that is printed goes to stderr, and reads find
// the end of the input.
func takeStdio() (source, sink *descriptor, err error) {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return nil, nil, err
	}
	source, sink = &descriptor{os.Stdin}, &descriptor{os.Stdout}
	os.Stdin, os.Stdout = null, os.Stderr
	for number, file := range map[int]*os.File{syscall.STD_INPUT_HANDLE: null, syscall.STD_OUTPUT_HANDLE: os.Stderr} {
		if done, _, err := setStdHandle.Call(uintptr(uint32(number)), file.Fd()); done == 0 {
			return nil, nil, os.NewSyscallError("SetStdHandle", err)
		}
	}
	return source, sink, nil
}

// keepPipeErrors does nothing: there is no SIGPIPE.
func keepPipeErrors() {}
