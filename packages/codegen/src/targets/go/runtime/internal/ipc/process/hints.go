package process

import (
	"encoding/binary"
	"os"

	"simpleipc/internal/ipc/printable"
)

// ExitHint suggests why a program exited as it did.
func ExitHint(request SpawnRequest, code int, signal string) string {
	switch signal {
	case "SIGKILL":
		return "killed from outside: often the system ran out of memory (see dmesg), or a limit of its container"
	case "SIGPIPE":
		return "it wrote to a pipe that nobody reads"
	case "SIGSEGV", "SIGBUS", "SIGABRT", "SIGILL":
		return "it crashed: a bug in it or in a native library that it loads"
	}
	if code != 2 && code != 126 && code != 127 {
		return ""
	}
	if hint := noProgramHint(request); hint != "" {
		return hint
	}
	if code == 127 {
		return "a shell says 127 when a command was not found"
	}
	return ""
}

// noProgramHint recognizes a file that is not a program but was run by a shell.
func noProgramHint(request SpawnRequest) string {
	file := request.Resolve()
	head := firstBytes(file)
	if len(head) < 20 || string(head[:2]) == "#!" {
		return ""
	}
	if string(head[1:4]) != "ELF" {
		return printable.Text(file, printable.Longest) + " has no #! line, so sh was asked to run it; if it is no shell script, name its interpreter"
	}
	self, err := os.Executable()
	if err != nil {
		return ""
	}
	own := firstBytes(self)
	if len(own) < 20 || binary.LittleEndian.Uint16(head[18:]) == binary.LittleEndian.Uint16(own[18:]) {
		return ""
	}
	return printable.Text(file, printable.Longest) + " was built for another processor"
}

// firstBytes returns the first 256 bytes of a file; none if it cannot be read.
func firstBytes(file string) []byte {
	if file == "" {
		return nil
	}
	opened, err := os.Open(file)
	if err != nil {
		return nil
	}
	defer opened.Close()
	head := make([]byte, 256)
	n, _ := opened.Read(head)
	return head[:n]
}
