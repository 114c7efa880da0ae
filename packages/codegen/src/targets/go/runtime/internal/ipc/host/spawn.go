// Package host starts programs and calls them.
package host

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"

	"simpleipc/internal/ipc/peer"
	"simpleipc/internal/ipc/process"
	"simpleipc/ipc"
)

// Start starts a program. It returns the program and the peer to call it with. When the context ends, the program is
// stopped.
func Start(
	ctx context.Context,
	contract peer.Contract,
	command []string,
	handlers peer.Handlers,
	options []ipc.SpawnOptions,
) (ipc.Worker, *peer.Peer, error) {
	_, contract.File, _, _ = runtime.Caller(1)
	chosen, err := peer.OneOf("Spawn", options)
	if err != nil {
		return nil, nil, startFailed(err.Error(), err)
	}
	w, err := startWorker(ctx, contract, command, handlers, chosen)
	if err != nil {
		return nil, nil, err
	}
	return w, w.peer, nil
}

func startFailed(message string, cause error) error {
	return &ipc.Error{Kind: ipc.KindStartFailed, Message: message, Cause: cause}
}

// From returns the program and its peer for the context of a handler of the host, or of OnStart.
func From(ctx context.Context) (ipc.Worker, *peer.Peer) {
	p := peer.From(ctx)
	w, isHost := p.Owner().(*worker)
	if !isHost {
		panic("simple-ipc: this context is not that of a handler of a host")
	}
	return w, p
}

// startWorker starts a program and connects a peer with it.
func startWorker(
	ctx context.Context,
	contract peer.Contract,
	command []string,
	handlers peer.Handlers,
	options ipc.SpawnOptions,
) (*worker, error) {
	if len(command) == 0 || command[0] == "" {
		return nil, startFailed("There is no command: pass the program and its arguments", nil)
	}
	if err := cmp.Or(handlers.Check("Spawn"), checkOptions(options)); err != nil {
		return nil, startFailed(err.Error(), err)
	}
	if ctx.Err() != nil {
		cause := context.Cause(ctx)
		return nil, startFailed("The program was not started, because the context of Spawn had ended: "+cause.Error(), cause)
	}
	w := &worker{
		contract:    contract,
		request:     process.SpawnRequest{Command: command, Dir: options.Dir, Env: options.Env},
		options:     options,
		code:        -1,
		stdoutEnded: make(chan struct{}),
		stderrEnded: make(chan struct{}),
		exited:      make(chan struct{}),
		closed:      make(chan struct{}),
		inputClosed: make(chan struct{}),
	}
	if err := w.start(); err != nil {
		return nil, process.StartError(err, w.request)
	}
	p := peer.New(contract, handlers, peer.Options{
		Context:         ctx,
		IsHost:          true,
		Headers:         options.Framing == ipc.Headers,
		HoldsCalls:      w.isAsked() || options.OnStart != nil,
		MaxMessageBytes: options.MaxMessageBytes,
		MaxQueuedBytes:  options.MaxQueuedBytes,
		Meta:            options.Meta,
		Debug:           options.Debug,
		OnError:         options.OnError,
		OnProtocolError: options.OnProtocolError,
		OnLine:          options.OnLine,
		OnPlainLine:     w.lines.push,
		OnSilence:       w.describeSilence,
		OnDeaf:          func() { go w.endDeaf() },
		Owner:           w,
	})
	w.peer = p
	p.Connect(func(bytes []byte) error {
		_, err := w.stdin.Write(bytes)
		return err
	}, w.noteClosedInput)
	go w.read()
	go w.readStderr()
	go w.supervise()
	go w.failWithoutInput()
	if w.isAsked() || options.OnStart != nil {
		go w.prepare()
	}
	go w.stopWith(ctx)
	return w, nil
}

func checkOptions(o ipc.SpawnOptions) error {
	if o.Framing != "" && o.Framing != ipc.Lines && o.Framing != ipc.Headers {
		return fmt.Errorf("SpawnOptions.Framing is %q: it must be ipc.Lines or ipc.Headers", o.Framing)
	}
	return cmp.Or(
		peer.CheckNotNegative("SpawnOptions.InputGrace", o.InputGrace),
		peer.CheckNotNegative("SpawnOptions.TermGrace", o.TermGrace),
		peer.CheckNotNegative("SpawnOptions.StartTimeout", o.StartTimeout),
		peer.CheckNotNegative("SpawnOptions.MaxMessageBytes", o.MaxMessageBytes),
		peer.CheckNotNegative("SpawnOptions.MaxQueuedBytes", o.MaxQueuedBytes),
	)
}

// start creates the pipes and the process. If it fails, it leaves nothing behind.
func (w *worker) start() error {
	file := w.request.Resolve()
	if file == "" {
		return &os.PathError{Op: "exec", Path: w.request.Command[0], Err: syscall.ENOENT}
	}
	process.ReadyWatchdog()
	var pipes [6]*os.File
	for i := 0; i < len(pipes); i += 2 {
		var err error
		if pipes[i], pipes[i+1], err = os.Pipe(); err != nil {
			closeAll(pipes[:i])
			return err
		}
	}
	w.stdin, w.stdout, w.stderr = pipes[1], pipes[2], pipes[4]
	// Before there is a program: one that closes its input at once must not do so before this waits for it.
	waits := make(chan struct{})
	go w.watchInput(waits)
	<-waits
	w.since = time.Now()
	cmd, err := w.execute(file, w.request.Command, pipes[0], pipes[3], pipes[5])
	if errors.Is(err, syscall.ENOEXEC) && runtime.GOOS != "windows" {
		// Like execvp, for scripts without a #! line.
		command := append([]string{"sh", file}, w.request.Command[1:]...)
		cmd, err = w.execute("/bin/sh", command, pipes[0], pipes[3], pipes[5])
	}
	closeAll([]*os.File{pipes[0], pipes[3], pipes[5]})
	if err != nil {
		w.closePipes()
		return err
	}
	w.cmd, w.pid = cmd, cmd.Process.Pid
	process.Watch(w.pid)
	return nil
}

func (w *worker) execute(file string, command []string, stdin, stdout, stderr *os.File) (*exec.Cmd, error) {
	cmd := &exec.Cmd{
		Path:   file,
		Args:   command,
		Dir:    w.options.Dir,
		Env:    w.options.Env,
		Stdin:  stdin,
		Stdout: stdout,
		Stderr: stderr,
	}
	process.InOwnSession(cmd)
	return cmd, cmd.Start()
}

func closeAll(files []*os.File) {
	for _, file := range files {
		_ = file.Close()
	}
}
