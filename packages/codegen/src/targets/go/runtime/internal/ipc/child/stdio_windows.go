package child

import (
	"os"
	"syscall"
)

var setStdHandle = syscall.NewLazyDLL("kernel32.dll").NewProc("SetStdHandle")

// descriptor is a pipe's end.
type descriptor struct{ *os.File }

// takeStdio takes stdin and stdout for the protocol alone. Whatever else prints goes to stderr, whatever reads gets
// nothing.
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
