#ifndef SETTINGS_COLLECT_H
#define SETTINGS_COLLECT_H

#include "command.h"
#include "dotenv.h"
#include "node.h"
#include "settings_kind.h"
#include "value.h"

/*
 * What the files of this room share: one file being turned into forms. For
 * every format there is a function that finds where settings and commands
 * stand; all of them hand what they find to setting() and script() here.
 */

struct strs VEC(struct str);

/* What holds for a part of a file: a service, a job, a script, a stage. */
struct scope {
	enum environment environment;
	bool deploy;	 /* runs when the application is deployed or started */
	bool local;	 /* … by a developer */
	bool throw_away; /* a disk that is not kept, whatever is mounted */
	bool asked;	 /* only when somebody starts it by hand */
	bool building;	 /* what is set here is not there at run time */
	struct str unit; /* the name others call it by; empty: the file */
	const struct strs *mounts; /* what is kept of its disk; may be NULL */
};

/* One thing to run that stands elsewhere: `npm run x`, `make x`, `sh x.sh`. */
enum call_kind {
	CALL_SCRIPT, /* of package.json */
	CALL_TARGET, /* of a Makefile */
	CALL_RECIPE, /* of a justfile */
	CALL_TASK,   /* of a Taskfile */
	CALL_FILE,
	CALL_SEED, /* whatever `prisma db seed` or `rails db:seed` runs */
	CALL_SQL,  /* a file that a client of a database is given */
};

struct call {
	enum call_kind kind;
	struct str name; /* of the script or target; a path */
	struct str unit; /* who calls: the name of the scope */
	bool deploy;
	bool inside; /* it may lie in a folder below: `--prefix`, `cd` */
	struct span span;
	struct str text; /* the command that calls */
};

struct calls VEC(struct call);

/* Which scope a form is of, for what is only known at the end. */
struct owner {
	size_t form;
	struct str unit;
};

struct owners VEC(struct owner);

/* A form that puts a database into a file, and where that lies (empty where
 * only its kind is said). */
struct database_file {
	size_t form;
	struct str path;
};

struct database_files VEC(struct database_file);

struct collector {
	struct arena *arena;
	struct reading *reading;
	const struct source *src;
	const struct settings_kind *kind;
	const struct scope *scope; /* the one being read */
	struct calls calls;
	struct owners owners;
	struct dotenv env; /* of an environment file */
	struct database_files files;
	/* What keeps a file of a database: mounts of the whole file, and
	 * programs that copy it elsewhere. */
	struct strs mounts;
	bool replicated;
	bool backed_up; /* a command that was read takes a backup */
	bool machine;	/* one runs or restarts services of this machine */
	bool develops;	/* one starts a development server, come what may */
	bool serves;	/* its last command is the server, come what may */
	bool moved;	/* the script went into a folder below */
	bool expanding; /* a script is read again with words behind it */
	const struct node *scripts; /* of package.json; or NULL */
	/* The name of a seed: package.json's prisma.seed. */
	struct str seed;
};

/* Reads a file by its kind into `r`, and all else into `*out`. */
void collect(struct collector *out, struct reading *r, const struct source *src,
	     const struct settings_kind *kind);

/* The readers of the formats. */
void collect_dotenv(struct collector *c);
void collect_tree(struct collector *c);
void collect_docker(struct collector *c);
void collect_recipes(struct collector *c);
void collect_prisma(struct collector *c);
void collect_code(struct collector *c);

/* What holds for the whole file. */
struct scope scope_of_file(const struct collector *c);

/* `scope` as the name of a part of it says: a job, a script, a target. */
void scope_name(struct scope *scope, struct str name);

/*
 * A setting in force in the scope. `key_span` and `span` are key and value as
 * they stand in the file. Returns the form, or NULL where there is none.
 */
struct form *setting(struct collector *c, struct str key, struct str value,
		     struct span key_span, struct span span);

/* The same for a node of a tree under another key, and under its own path. */
struct form *setting_node(struct collector *c, struct str key,
			  const struct node *value);

/* The form of a setting whose value is said in these words already. */
struct form *setting_form(struct collector *c, struct str key,
			  const char *words, struct span key_span,
			  struct span span);

/* A comment directly above these bytes covers all that stands in them. */
void cover(struct collector *c, struct span whole);

/* Commands of the scope. */
void script(struct collector *c, const struct piece *text,
	    enum shell_host host);
/* A scalar is a script, a list the words of one command; NULL is nothing. */
void script_node(struct collector *c, const struct node *value);
/* A scalar, or a list of scalars that are a script each. */
void script_lines(struct collector *c, const struct node *value);
void script_words(struct collector *c, struct shell_word *word, size_t count);

/* Reads a tree by its role; `doc` is one document of it. */
void tree_containers(struct collector *c, const struct node *doc);
void tree_ci(struct collector *c, const struct node *doc);
void tree_platform(struct collector *c, const struct node *doc);
void tree_config(struct collector *c, const struct node *doc);

/*
 * A set of variables in any of its spellings: a map, a list of `K=V`, a list
 * of {name, value} or {key, value}.
 */
void setting_variables(struct collector *c, const struct node *vars);

/* What such a set says about where it holds, NODE_ENV and the like, goes into
 * a scope that does not know. */
void scope_variables(struct scope *scope, const struct node *vars);

/* Where a command runs, by what it says itself and by what is round it. */
enum environment environment_of_command(const struct scope *scope,
					unsigned marks, bool remote,
					const struct shell_guard *guard);

/* The form of one command (SQL inside it too); collect_command.c. */
void collect_command(struct collector *c, const struct command *cmd);

/* What it tells a client of a database: SQL, calls of mongosh; in
 * collect_client.c. */
void collect_client(struct collector *c, const struct command *cmd);

/* Is it a client that takes SQL on its command line? */
bool client_takes_sql(const struct command *cmd);

/* Adds a form of that text where the command stands and as it runs. */
struct form *command_form(struct collector *c, const struct command *cmd,
			  struct str text);

/* Does it start the server that a developer works with? */
bool command_is_dev_server(const struct command *cmd);

/* Does a statement destroy what is there? */
bool destroys(struct str statement);

enum dialect dialect_of_client(struct str client);

/* Is `path`, where a database lies, below one of the mounts? */
bool is_mounted(const struct strs *mounts, struct str path);

#endif
