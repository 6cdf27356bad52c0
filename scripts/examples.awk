# One page of markdown in, the same page with the output of its examples out
# (scripts/docs says what they look like). The last status is $? of the next
# command.

function quoted(s) {
	gsub(/'/, "'\\''", s)
	return "'" s "'"
}

function wrong(what) {
	print page ":" NR ": " what >"/dev/stderr"
	failed = 1
	exit 1
}

function fresh() {
	box = tmp "/box"
	status = 0
	if (system("rm -rf " quoted(box) " && git init -q " quoted(box)))
		wrong("git init")
}

# Runs `text` in the repository; its output is printed where it is shown.
function run(text, shown,    script, command, line, n) {
	script = tmp "/script"
	printf "(exit %d)\n%s\n", status, text >script
	close(script)
	command = "cd " quoted(box) " && sh " quoted(script) \
		" 2>&1 </dev/null; echo $? >" quoted(tmp "/status")
	while ((command | getline line) > 0)
		if (shown)
			print line
		else
			output[++n] = line
	close(command)
	getline status <(tmp "/status")
	close(tmp "/status")
	if (shown || !status)
		return
	wrong("failed: " text " (" output[n] ")")
}

function write_file(    path, folder) {
	path = box "/" file
	folder = path
	sub(/\/[^\/]*$/, "", folder)
	system("mkdir -p " quoted(folder))
	printf "%s", content >path
	close(path)
}

BEGIN { fresh() }

mode == "" && /^```[a-z]/ {
	file = $2
	content = ""
	mode = $1 == "```console" ? "console" : file != "" ? "file" : "text"
	print
	next
}
mode != "" && /^```$/ {
	if (mode == "file")
		write_file()
	mode = ""
	print
	next
}
mode == "file" { content = content $0 "\n" }
mode == "console" {
	if (more || /^\$ /) {
		print
		command = more ? command "\n" $0 : substr($0, 3)
		more = /\\$/
		if (!more)
			run(command, 1)
	}
	next
}
mode == "" && /^<!-- \$ .* -->$/ { run(substr($0, 8, length($0) - 11), 0) }
mode == "" && /^<!-- fresh -->$/ { fresh() }
{ print }
END {
	if (!failed && mode != "")
		wrong("a block does not end")
}
