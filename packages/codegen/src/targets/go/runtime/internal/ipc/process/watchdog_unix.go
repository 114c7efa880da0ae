//go:build unix

package process

import (
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// watchdogScript reads the groups that live from a pipe. When that ends, which no death of the host can prevent, it
// gives them a second, because they have had their end of input, and kills them.
const watchdogScript = `trap '' HUP INT TERM
groups=' '
while read -r sign group; do
  case $sign in
    +) groups="$groups$group " ;;
    -) case $groups in *" $group "*) groups="${groups%% $group *} ${groups#* $group }" ;; esac ;;
  esac
done
[ "$groups" = ' ' ] && exit
sleep 1
for group in $groups; do kill -s KILL -- "-$group" || kill -KILL "-$group"; done`

// watchdogs is the one watchdog of this host: no program outlives it, however it ends.
var watchdogs struct {
	mu     sync.Mutex
	living map[int]struct{}
	input  *os.File // nil: there is none
}

// ReadyWatchdog is called before a program starts: between that and its registration nothing should be slow.
func ReadyWatchdog() {
	watchdogs.mu.Lock()
	defer watchdogs.mu.Unlock()
	startWatchdog()
}

// startWatchdog starts one if there is none; the lock is held. Without sh, or without a free descriptor, the next program
// tries again.
func startWatchdog() {
	if watchdogs.input != nil {
		return
	}
	output, input, err := os.Pipe()
	if err != nil {
		return
	}
	defer output.Close()
	cmd := exec.Command("/bin/sh", "-c", watchdogScript)
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=/usr/bin:/bin"}
	cmd.Stdin = output
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if cmd.Start() != nil {
		input.Close()
		return
	}
	watchdogs.input = input
	for group := range watchdogs.living {
		tellWatchdog("+", group)
	}
	go reviveWatchdog(cmd, input, time.Now())
}

// reviveWatchdog starts another if somebody kills it; whoever does so again and again has to do it each second.
func reviveWatchdog(cmd *exec.Cmd, input *os.File, since time.Time) {
	_ = cmd.Wait()
	time.Sleep(time.Until(since.Add(time.Second)))
	watchdogs.mu.Lock()
	defer watchdogs.mu.Unlock()
	input.Close()
	watchdogs.input = nil
	if len(watchdogs.living) > 0 {
		startWatchdog()
	}
}

// Watch says that from now on the group ends with the host.
func Watch(group int) {
	watchdogs.mu.Lock()
	defer watchdogs.mu.Unlock()
	if watchdogs.living == nil {
		watchdogs.living = map[int]struct{}{}
	}
	watchdogs.living[group] = struct{}{}
	tellWatchdog("+", group)
}

// Forget says that the group is gone, and that its number may soon be somebody else's.
func Forget(group int) {
	watchdogs.mu.Lock()
	defer watchdogs.mu.Unlock()
	delete(watchdogs.living, group)
	tellWatchdog("-", group)
}

func tellWatchdog(sign string, group int) {
	if watchdogs.input != nil {
		_, _ = fmt.Fprintf(watchdogs.input, "%s %d\n", sign, group)
	}
}
