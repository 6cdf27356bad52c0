#!/usr/bin/env bats
# Ten seconds of waiting, in a file of its own beside the others.

load library

setup_file() {
	world
}

@test "nobody on standard input: blocked after a while, with a reason" {
	mkfifo "$W/fifo"
	sleep 30 >"$W/fifo" &
	run timeout 20 "$HOLDFAST_BUILD/pre-push" up x <"$W/fifo"
	kill %1
	same "$status" 2
	has "$output" "use_stdin: true"
}
