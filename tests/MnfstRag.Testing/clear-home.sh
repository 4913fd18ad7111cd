# Usage: sh -c "$(cat clear-home.sh)" clear-home HOME
# Waits for the end of standard input, then ends the servers below HOME and deletes it. A test process holds the other end of the pipe, so
# however that process ends, this runs.
exec >/dev/null 2>&1
cat

ours() { case "$(ps -o args= -p "$1")" in *"$2"*) return 0 ;; *) return 1 ;; esac; }

for file in $(find "$1" -maxdepth 3 -name postmaster.pid); do
  data=${file%/postmaster.pid}
  process=$(head -n 1 "$file")
  ours "$process" "$data" || continue
  # SIGQUIT lets a server clear its shared memory away; a frozen one must be woken to hear it.
  kill -CONT "$process" $(ps -A -o pid= -o ppid= | awk -v parent="$process" '$2 == parent { print $1 }')
  kill -QUIT "$process"
done
for file in $(find "$1" -maxdepth 3 -name postmaster.pid); do
  data=${file%/postmaster.pid}
  process=$(head -n 1 "$file")
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    ours "$process" "$data" || break
    sleep 1
  done
  if ours "$process" "$data"; then kill -KILL "$process"; fi
done
rm -rf "$1" "$1.owner"
