/**
 * What the watchdog runs. It reads from a pipe which groups live; when the pipe ends, their host has. Programs have had their
 * end of input then, and a well-behaved one needs less than the second that they get. Where the program that started our host
 * has ended, too, its own watchdog has waited for that second already: a short pause is left, so that a chain of hosts is gone
 * in two seconds, however deep. That program is looked for only if it is such a host, which starts programs in sessions of
 * their own, and only where there is `/proc`.
 */
export const watchdogScript = `trap '' HUP INT TERM
above=
if read -r stat 2>/dev/null < "/proc/$PPID/stat"; then
  set -- \${stat##*) }
  [ "$4" = "$PPID" ] && [ "$2" -gt 1 ] && above=$2
fi
groups=' '
while read -r sign group; do
  case $sign in
    +) groups="$groups$group " ;;
    -) case $groups in
      *" $group "*) groups="\${groups%% $group *} \${groups#* $group }" ;;
    esac ;;
  esac
done
[ "$groups" = ' ' ] && exit
pause=1
if [ -n "$above" ]; then
  stat='(gone) Z'
  read -r stat 2>/dev/null < "/proc/$above/stat"
  case \${stat##*) } in
    Z* | X* | '') pause=0.2 ;;
  esac
fi
sleep "$pause" || sleep 1
for group in $groups; do
  kill -s KILL -- "-$group" || kill -KILL "-$group"
done`
