#ifndef READ_DOCKER_H
#define READ_DOCKER_H

#include "node.h"
#include "shell.h"

/*
 * A Dockerfile: its stages, and its instructions with the stage each belongs
 * to. What a container runs is the last stage and those it is built from
 * (`FROM base AS last` takes everything `base` has); the others are only
 * copied from.
 */
enum docker_kind {
	DOCKER_OTHER,
	DOCKER_FROM,
	DOCKER_RUN,
	DOCKER_CMD,
	DOCKER_ENTRYPOINT,
	DOCKER_ENV,
	DOCKER_ARG,
	DOCKER_VOLUME,
	DOCKER_WORKDIR,
	DOCKER_COPY,
};

struct docker_instruction {
	enum docker_kind kind;
	struct str text;  /* behind the keyword and its --options, to the end */
	struct span span; /* of `text` */
	struct span whole;
	unsigned stage;
	struct str input; /* the body of a here-document; empty if none */
};

struct docker_stage {
	struct str name; /* AS name; empty if none */
	struct str image;
	bool used; /* part of what the last stage is */
};

struct docker_instructions VEC(struct docker_instruction);
struct docker_stages VEC(struct docker_stage);

struct docker {
	struct docker_instructions instructions;
	struct docker_stages stages;
};

/* Comments go to `r`; all memory is of `r->arena`. */
void docker_read(struct docker *out, struct reading *r,
		 const struct source *src);

/* KEY=value of an ENV instruction; spans point into the source. */
struct docker_variable {
	struct str key, value;
	struct span key_span, span;
};

struct docker_variables VEC(struct docker_variable);

struct docker_variables docker_env(struct arena *a,
				   const struct docker_instruction *in);

/* The words of the JSON form, `["npm", "start"]`, with spans in the source;
 * NULL where the instruction has the shell form. */
struct shell_word *docker_words(struct arena *a,
				const struct docker_instruction *in,
				size_t *count);

#endif
