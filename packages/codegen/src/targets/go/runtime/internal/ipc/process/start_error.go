package process

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"

	"simpleipc/internal/ipc/printable"
	"simpleipc/ipc"
)

// StartError returns an error that says what was looked for and where.
func StartError(cause error, request SpawnRequest) *ipc.Error {
	reason := startReason(cause, request)
	if reason == "" {
		reason = cause.Error()
	}
	text := fmt.Sprintf("Cannot start %s: %s", printable.Command(request.Command), reason)
	if errors.Is(cause, syscall.ENOENT) && request.Resolve() == "" {
		// As os/exec says of a program that does not exist.
		cause = &exec.Error{Name: request.Command[0], Err: cause}
	}
	return &ipc.Error{Kind: ipc.KindStartFailed, Message: text, Cause: cause}
}

func startReason(cause error, request SpawnRequest) string {
	folder := request.folder()
	if info, err := os.Stat(folder); err != nil {
		return fmt.Sprintf("the working directory %s does not exist", show(folder))
	} else if !info.IsDir() {
		return fmt.Sprintf("the working directory %s is no directory", show(folder))
	}
	file := request.Resolve()
	where := fmt.Sprintf("cwd %s; PATH %s", show(folder), printable.Text(orNotSet(request.searchPath()), 2*printable.Longest))
	switch {
	case errors.Is(cause, syscall.ENOENT):
		return notFound(request, file, where)
	case errors.Is(cause, syscall.EACCES):
		return notAllowed(request, file, where)
	case errors.Is(cause, syscall.ENOEXEC):
		return fmt.Sprintf("%s is no program for this system (ENOEXEC): wrong processor, or a script without a #! line (%s)", show(file), where)
	case errors.Is(cause, syscall.EMFILE), errors.Is(cause, syscall.ENFILE):
		return fmt.Sprintf("too many open files: each running program takes three or four descriptors%s; stop programs that are done, or raise ulimit -n (%s)", openDescriptors(), where)
	case errors.Is(cause, syscall.EAGAIN), errors.Is(cause, syscall.ENOMEM):
		return fmt.Sprintf("the system has no room for another process: stop programs that are done, or raise ulimit -u (%s)", where)
	case errors.Is(cause, syscall.E2BIG):
		return "the arguments and the environment are too long for this system (E2BIG): send the data through stdin instead"
	}
	return ""
}

func notFound(request SpawnRequest, file, where string) string {
	if file == "" {
		return fmt.Sprintf("no such program (ENOENT): %s (%s)", soughtFor(request), where)
	}
	if name := interpreter(file); name != "" {
		return fmt.Sprintf("%s exists, but its first line names the interpreter %s, which does not (ENOENT; %s)", show(file), show(name), where)
	}
	return fmt.Sprintf("%s exists, but a program or library that it needs to start does not (ENOENT; %s)", show(file), where)
}

func notAllowed(request SpawnRequest, file, where string) string {
	if file == "" {
		return fmt.Sprintf("permission denied (EACCES): %s (%s)", soughtFor(request), where)
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return fmt.Sprintf("%s is a directory (EACCES; %s)", show(file), where)
	}
	return fmt.Sprintf("%s is not executable, or a folder on the way to it is closed (EACCES): chmod +x makes it so (%s)", show(file), where)
}

func soughtFor(request SpawnRequest) string {
	name := request.Command[0]
	if strings.ContainsAny(name, `/\`) {
		return "looked for " + show(request.within(name))
	}
	return fmt.Sprintf("looked for %s in each folder of PATH", show(name))
}

func show(text string) string { return printable.Text(text, printable.Longest) }

func orNotSet(path string) string {
	if path == "" {
		return "(not set)"
	}
	return path
}

func openDescriptors() string {
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return ""
	}
	return fmt.Sprintf(", and this process has %d open", len(open))
}
