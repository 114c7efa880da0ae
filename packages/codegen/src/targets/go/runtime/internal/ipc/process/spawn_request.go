// Package process has what the operating system knows about a program: its file, its process group, how it exited, the
// watchdog that kills it when its host exits, and why it could not be started.
package process

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// SpawnRequest is a program to start: command, working directory and environment.
type SpawnRequest struct {
	Command []string
	Dir     string
	Env     []string
}

// Resolve returns the file that the system would execute: the first one in the folders of PATH, executable files first;
// empty if there is none.
func (r SpawnRequest) Resolve() string {
	name := r.Command[0]
	if runtime.GOOS == "windows" {
		file, err := exec.LookPath(name)
		if err != nil {
			return ""
		}
		return file
	}
	if strings.Contains(name, "/") {
		return existing(r.within(name))
	}
	first := ""
	for _, folder := range filepath.SplitList(r.searchPath()) {
		file := existing(filepath.Join(r.within(folder), name))
		if isExecutable(file) {
			return file
		}
		if first == "" {
			first = file
		}
	}
	return first
}

// within makes a path absolute: it is relative to the program's working directory.
func (r SpawnRequest) within(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(r.folder(), path)
}

// folder returns the absolute working directory. That of the host may have been removed.
func (r SpawnRequest) folder() string {
	if filepath.IsAbs(r.Dir) {
		return r.Dir
	}
	own, err := os.Getwd()
	if err != nil {
		own = os.Getenv("PWD")
	}
	return filepath.Join(own, r.Dir)
}

func (r SpawnRequest) searchPath() string {
	path := ""
	for _, variable := range r.environment() {
		if name, value, ok := strings.Cut(variable, "="); ok && name == "PATH" {
			path = value
		}
	}
	return path
}

func (r SpawnRequest) environment() []string {
	if r.Env == nil {
		return os.Environ()
	}
	return r.Env
}

func existing(file string) string {
	if _, err := os.Stat(file); err != nil {
		return ""
	}
	return file
}

func isExecutable(file string) bool {
	if file == "" {
		return false
	}
	info, err := os.Stat(file)
	return err == nil && !info.IsDir() && info.Mode()&0o111 != 0
}

// interpreter returns the interpreter of a script's #! line; empty if there is none.
func interpreter(file string) string {
	rest, ok := strings.CutPrefix(string(firstBytes(file)), "#!")
	if !ok {
		return ""
	}
	line, _, _ := strings.Cut(rest, "\n")
	if words := strings.Fields(line); len(words) > 0 {
		return words[0]
	}
	return ""
}
