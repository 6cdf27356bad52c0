# A repository made for it, and three commits: one that would lose data, the
# same with an override that says how to get it back, and a harmless one.

demo() {
	:
}
