package simpleipc

import (
	"errors"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// startWorker starts a program and connects a peer with it.
func startWorker(
	contract contractInfo,
	command []string,
	methods map[string]*method,
	notifications map[string]*notification,
	options SpawnOptions,
) (*Worker, error) {
	if len(command) == 0 || command[0] == "" {
		return nil, &Error{Kind: KindStartFailed, Message: "There is no command: pass the program and its arguments"}
	}
	w := &Worker{
		attempt:     startAttempt{command: command, dir: options.Dir, env: options.Env},
		options:     options,
		code:        -1,
		stdoutEnded: make(chan struct{}),
		stderrEnded: make(chan struct{}),
		exited:      make(chan struct{}),
		closed:      make(chan struct{}),
	}
	if err := w.start(); err != nil {
		return nil, startError(err, w.attempt)
	}
	p := newPeer(contract, methods, notifications)
	w.peer = p
	p.owner = w
	p.onPlainLine = w.lines.push
	p.isHost = true
	p.onLine = options.OnLine
	p.maxMessageBytes = orDefault(options.MaxMessageBytes, defaultMaxMessageBytes)
	p.maxQueuedBytes = orDefault(options.MaxQueuedBytes, defaultMaxQueuedBytes)
	p.debug = options.Debug
	p.connect(func(bytes []byte) error {
		_, err := w.stdin.Write(bytes)
		return err
	}, func() { _ = w.stdin.Close() })
	if !options.SkipVerification {
		p.isVerifying = true
		go w.verify()
	}
	go w.read()
	go w.readStderr()
	go w.supervise()
	return w, nil
}

// start makes the pipes and the process. What fails leaves nothing behind.
func (w *Worker) start() error {
	file := w.attempt.resolve()
	if file == "" {
		return &os.PathError{Op: "exec", Path: w.attempt.command[0], Err: syscall.ENOENT}
	}
	readyWatchdog()
	var pipes [6]*os.File
	for i := 0; i < len(pipes); i += 2 {
		var err error
		if pipes[i], pipes[i+1], err = os.Pipe(); err != nil {
			closeAll(pipes[:i])
			return err
		}
	}
	w.since = time.Now()
	cmd, err := w.execute(file, w.attempt.command, pipes[0], pipes[3], pipes[5])
	if errors.Is(err, syscall.ENOEXEC) && runtime.GOOS != "windows" {
		// As execvp does, for scripts without a #! line.
		command := append([]string{"sh", file}, w.attempt.command[1:]...)
		cmd, err = w.execute("/bin/sh", command, pipes[0], pipes[3], pipes[5])
	}
	closeAll([]*os.File{pipes[0], pipes[3], pipes[5]})
	w.stdin, w.stdout, w.stderr = pipes[1], pipes[2], pipes[4]
	if err != nil {
		w.closePipes()
		return err
	}
	w.cmd, w.pid = cmd, cmd.Process.Pid
	watch(w.pid)
	return nil
}

func (w *Worker) execute(file string, command []string, stdin, stdout, stderr *os.File) (*exec.Cmd, error) {
	cmd := &exec.Cmd{
		Path:   file,
		Args:   command,
		Dir:    w.options.Dir,
		Env:    w.options.Env,
		Stdin:  stdin,
		Stdout: stdout,
		Stderr: stderr,
	}
	inOwnSession(cmd)
	return cmd, cmd.Start()
}

func closeAll(files []*os.File) {
	for _, file := range files {
		_ = file.Close()
	}
}

// workerOf gives the program at the other end of a host's peer.
func workerOf(p *peer) *Worker {
	worker, _ := p.owner.(*Worker)
	return worker
}
