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

// watchdogScript reads the ids of running groups from a pipe. The pipe ends when the host exits, for whatever reason.
// Then the script waits for a second, because the programs' inputs have ended too, and kills the groups. Where the
// program that started our host has ended as well, its own watchdog has waited for that second already. It is looked
// for only if it is such a host, which starts programs in sessions of their own, and only where there is /proc.
const watchdogScript = `trap '' HUP INT TERM
above=
if read -r stat 2>/dev/null < "/proc/$PPID/stat"; then
  set -- ${stat##*) }
  [ "$4" = "$PPID" ] && [ "$2" -gt 1 ] && above=$2
fi
groups=' '
while read -r sign group; do
  case $sign in
    +) groups="$groups$group " ;;
    -) case $groups in
      *" $group "*) groups="${groups%% $group *} ${groups#* $group }" ;;
    esac ;;
  esac
done
[ "$groups" = ' ' ] && exit
pause=1
if [ -n "$above" ]; then
  stat='(gone) Z'
  read -r stat 2>/dev/null < "/proc/$above/stat"
  case ${stat##*) } in
    Z* | X* | '') pause=0.2 ;;
  esac
fi
sleep "$pause" || sleep 1
for group in $groups; do
  kill -s KILL -- "-$group" || kill -KILL "-$group"
done`

// watchdogs is the only watchdog of this host: no program outlives the host.
var watchdogs struct {
	mu     sync.Mutex
	living map[int]struct{}
	input  *os.File // nil: there is none
}

// ReadyWatchdog is called before a program starts, so that nothing slow happens between the start and Watch.
func ReadyWatchdog() {
	watchdogs.mu.Lock()
	defer watchdogs.mu.Unlock()
	startWatchdog()
}

// startWatchdog starts the watchdog if it is not running; the lock is held. Without sh, or without a free descriptor,
// the next program tries again.
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

// reviveWatchdog starts another watchdog if this one is killed, at most once a second.
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

// Watch registers a group that must not outlive the host.
func Watch(group int) {
	watchdogs.mu.Lock()
	defer watchdogs.mu.Unlock()
	if watchdogs.living == nil {
		watchdogs.living = map[int]struct{}{}
	}
	watchdogs.living[group] = struct{}{}
	tellWatchdog("+", group)
}

// Forget unregisters a group that is gone: its id may be reused.
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
