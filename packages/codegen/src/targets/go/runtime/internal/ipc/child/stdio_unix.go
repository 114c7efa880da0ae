//go:build unix

package child

import (
	"os"
	"syscall"
)

// takeStdio reserves stdin and stdout for the protocol. Anything else that is printed goes to stderr, and reads find
// the end of the input. It works on the descriptors themselves, so that C code and subprocesses are covered too.
func takeStdio() (source, sink *descriptor, err error) {
	in, err := duplicate(0)
	if err != nil {
		return nil, nil, err
	}
	out, err := duplicate(1)
	if err != nil {
		return nil, nil, err
	}
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return nil, nil, err
	}
	defer null.Close()
	if err := redirect(int(null.Fd()), 0); err != nil {
		return nil, nil, os.NewSyscallError("dup2", err)
	}
	if redirect(2, 1) != nil {
		// There is no stderr: discard what is printed.
		if err := redirect(int(null.Fd()), 1); err != nil {
			return nil, nil, os.NewSyscallError("dup2", err)
		}
	}
	return &descriptor{in}, &descriptor{out}, nil
}

func duplicate(number int) (int, error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	copied, err := syscall.Dup(number)
	if err != nil {
		return 0, os.NewSyscallError("dup", err)
	}
	syscall.CloseOnExec(copied)
	return copied, nil
}

// descriptor reads and writes without changing whether the descriptor blocks, because other processes may share it.
type descriptor struct{ number int }

func (d *descriptor) Read(bytes []byte) (int, error) {
	for {
		n, err := syscall.Read(d.number, bytes)
		switch err {
		case nil:
			return n, nil
		case syscall.EINTR:
		case syscall.EAGAIN:
			waitFor(d.number, false)
		default:
			return 0, err
		}
	}
}

func (d *descriptor) Write(bytes []byte) (int, error) {
	written := 0
	for written < len(bytes) {
		n, err := syscall.Write(d.number, bytes[written:])
		switch err {
		case nil:
			written += n
		case syscall.EINTR:
		case syscall.EAGAIN:
			waitFor(d.number, true)
		default:
			return written, err
		}
	}
	return written, nil
}
