/*
 * changes-dump MODE [ARG]: prints a list of changes, for the hook tests.
 *
 *	staged | merging | all | range A..B | push REMOTE | receive
 *
 * One line per change: status, path, "< old path" of a rename, "@ commit" of a
 * push, "link", "submodule", "others N", and with DUMP=text both sides' text.
 * DUMP=tree lists the tree as it will be. Refs of a push come on standard
 * input as git gives them to the hook.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "err.h"
#include "git_changes.h"
#include "strbuf.h"

static void print_text(const char *name, struct str text)
{
	text = str_trim(text);
	printf("%s [", name);
	fwrite(text.ptr, 1, text.len, stdout);
	puts("]");
}

static void print_side(const struct changes *c, const struct change *it,
		       enum change_side side, const char *name, struct arena *a)
{
	struct str text;
	const char *reason = c->read(c->payload, a, it, side, &text);

	if (reason)
		printf("\t%s unread: %s\n", name, reason);
	else
		print_text(arena_format(a, "\t%s", name), text);
}

static void print_change(const struct changes *c, const struct change *it,
			 struct arena *a)
{
	const char *dump = getenv("DUMP");

	printf("%c %s", "AMDR"[it->status], it -> path);
	if (it->old_path)
		printf(" < %s", it->old_path);
	if (it->symlink)
		printf(" link");
	if (it->submodule)
		printf(" submodule");
	if (it->other_parents)
		printf(" others %u", it->other_parents);
	if (it->commit)
		printf(" @ %.7s", it->commit);
	putchar('\n');
	if (!dump || strcmp(dump, "text"))
		return;
	print_side(c, it, SIDE_OLD, "old", a);
	print_side(c, it, SIDE_NEW, "new", a);
	for (unsigned i = 0; i < it->other_parents; i++)
		print_side(c, it, (enum change_side)(SIDE_OTHER + i), "other",
			   a);
}

static void print_tree(const char *name, const struct snapshot *s,
		       struct arena *a)
{
	struct paths paths;

	snapshot_list(s, a, "", true, &paths);
	for (size_t i = 0; i < paths.count; i++) {
		const char *path = paths.item[i];
		struct str text;

		if (snapshot_has(s, path) && snapshot_read(s, a, path, &text))
			print_text(arena_format(a, "%s %s", name, path), text);
		else
			printf("%s %s is not there\n", name, path);
	}
}

static void print_changes(const struct changes *c, struct arena *a)
{
	const char *dump = getenv("DUMP");

	vec_each(const struct change, it, &c->list)
		print_change(c, it, a);
	if (!dump || strcmp(dump, "tree"))
		return;
	print_tree("now", &c->now, a);
	print_tree("base", &c->base, a);
	print_tree("policy", &c->policy, a);
}

static void read_refs(struct push_refs *refs, bool receive, struct arena *a)
{
	char line[4096];

	while (fgets(line, sizeof(line), stdin)) {
		char w[4][1024];
		const int n = sscanf(line, "%1023s %1023s %1023s %1023s", w[0],
				     w[1], w[2], w[3]);
		struct push_ref ref = { 0 };

		if (n == 4 && !receive)
			ref = (struct push_ref){
				.local_ref = str_dup(a, str_of(w[0])),
				.local_oid = str_dup(a, str_of(w[1])),
				.remote_ref = str_dup(a, str_of(w[2])),
				.remote_oid = str_dup(a, str_of(w[3])),
			};
		else if (n == 3 && receive)
			ref = (struct push_ref){
				.remote_oid = str_dup(a, str_of(w[0])),
				.local_oid = str_dup(a, str_of(w[1])),
				.remote_ref = str_dup(a, str_of(w[2])),
			};
		else
			exit(3);
		vec_push(refs, a, ref);
	}
}

static int dump_push(struct git *git, const char *remote, bool receive,
		     struct arena *a, struct err *err)
{
	const struct push_target target = { remote, receive };
	struct push_refs refs = { 0 };
	struct changes c;

	read_refs(&refs, receive, a);
	if (git_push_keep_new(&refs, git, &target, a, err) < 0)
		return -1;
	vec_each(const struct push_ref, it, &refs) {
		printf("ref %s\n", it->remote_ref);
		if (git_changes_push(&c, git, &target, it, a, err) < 0)
			return -1;
		print_changes(&c, a);
	}
	return 0;
}

static int dump(struct git *git, const char *mode, const char *arg,
		struct arena *a, struct err *err)
{
	struct changes c = { 0 };
	int rc = -1;

	if (!strcmp(mode, "push"))
		return dump_push(git, arg, false, a, err);
	if (!strcmp(mode, "receive"))
		return dump_push(git, NULL, true, a, err);
	if (!strcmp(mode, "staged"))
		rc = git_changes_staged(&c, git, a, err);
	else if (!strcmp(mode, "merging"))
		rc = git_changes_merging(&c, git, a, err);
	else if (!strcmp(mode, "all"))
		rc = git_changes_all(&c, git, a, err);
	else if (!strcmp(mode, "range") && arg)
		rc = git_changes_range(&c, git, arg, a, err);
	else
		return err_set(err, "unknown mode %s", mode);
	if (!rc)
		print_changes(&c, a);
	return rc;
}

int main(int argc, char **argv)
{
	const char *what = getenv("DUMP");
	struct arena a = { 0 };
	struct git *git = NULL;
	struct err err;
	int rc;

	rc = getenv("DUMP_AS_COMMAND") ? git_open(&git, &a, ".", &err)
				       : git_open_hook(&git, &a, &err);
	if (!rc && argc > 1)
		rc = dump(git, argv[1], argc > 2 ? argv[2] : NULL, &a, &err);
	if (rc < 0)
		printf("error: %s\n", err.text);
	else if (what && !strcmp(what, "how"))
		printf("workdir %s\nread by %s\n",
		       git_workdir(git) ? git_workdir(git) : "-",
		       git_reading(git, &a));
	git_close(git);
	arena_free(&a);
	return rc < 0 ? 2 : 0;
}
