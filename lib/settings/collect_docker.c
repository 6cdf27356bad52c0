#include <stdint.h>

#include "collect.h"
#include "docker.h"

/* `VOLUME /data` or `VOLUME ["/data"]`. */
static void read_volume(struct collector *c,
			const struct docker_instruction *in)
{
	size_t count;
	const struct shell_word *w = docker_words(c->arena, in, &count);

	if (!w)
		w = shell_words(c->arena, in->text, SHELL_DOCKER, &count);
	for (size_t i = 0; i < count; i++)
		vec_push(&c->mounts, c->arena, w[i].text);
}

static void read_command(struct collector *c,
			 const struct docker_instruction *in)
{
	size_t count;
	struct shell_word *w = docker_words(c->arena, in, &count);
	const struct piece p = piece_of(in->text, in->span);

	cover(c, in->whole);
	if (w)
		script_words(c, w, count);
	else
		script(c, &p, SHELL_DOCKER);
	if (in->input.len) {
		const struct piece body = piece_of(
			in->input, (struct span){ (uint32_t)(in->input.ptr -
							     c->src->text.ptr),
						  (uint32_t)in->input.len });

		script(c, &body, SHELL_DOCKER);
	}
}

static void read_env(struct collector *c, const struct docker_instruction *in)
{
	const struct docker_variables vars = docker_env(c->arena, in);

	vec_each(const struct docker_variable, v, &vars)
		setting(c, v->key, v->value, v->key_span, v->span);
}

static bool is_replicator(struct str text)
{
	return str_find(text, STR("litefs")) != SIZE_MAX ||
	       str_find(text, STR("litestream")) != SIZE_MAX;
}

/* Volumes and replicators stand below the variables they keep. */
static void read_disks(struct collector *c, const struct docker *d)
{
	vec_each(const struct docker_instruction, in, &d->instructions) {
		if (in->kind == DOCKER_VOLUME)
			read_volume(c, in);
		if ((in->kind == DOCKER_COPY || in->kind == DOCKER_CMD ||
		     in->kind == DOCKER_ENTRYPOINT ||
		     in->kind == DOCKER_FROM) &&
		    is_replicator(in->text))
			c->replicated = true;
	}
}

/* What a stage for tests or development runs does not reach production. */
static struct scope scope_of_stage(const struct collector *c,
				   const struct docker_stage *s)
{
	struct scope scope = *c->scope;

	scope_name(&scope, s->name);
	if (scope.environment == ENV_UNKNOWN && scope.deploy)
		scope.environment = ENV_PRODUCTION;
	return scope;
}

static enum environment declared(struct collector *c, const struct docker *d)
{
	enum environment found = ENV_UNKNOWN;

	vec_each(const struct docker_instruction, in, &d->instructions) {
		if (in->kind != DOCKER_ENV || in->stage >= d->stages.count ||
		    !d->stages.item[in->stage].used)
			continue;
		const struct docker_variables vars = docker_env(c->arena, in);

		vec_each(const struct docker_variable, v, &vars)
			if (names_environment(v->key))
				found = environment_of_value(v->value);
	}
	return found;
}

static void note_dev_server(void *payload, const struct command *cmd)
{
	bool *found = payload;

	*found = *found || (!cmd->guard && command_is_dev_server(cmd));
}

/* The instruction that says what the image runs: the last CMD, or where there
 * is none the last ENTRYPOINT. */
static const struct docker_instruction *last_command(const struct docker *d)
{
	const struct docker_instruction *found = NULL;

	vec_each(const struct docker_instruction, in, &d->instructions) {
		if (in->stage >= d->stages.count ||
		    !d->stages.item[in->stage].used)
			continue;
		if (in->kind == DOCKER_CMD ||
		    (in->kind == DOCKER_ENTRYPOINT &&
		     !(found && found->kind == DOCKER_CMD)))
			found = in;
	}
	return found;
}

/* An image that starts a development server is for developers. */
static bool is_for_developers(struct collector *c, const struct docker *d)
{
	const struct docker_instruction *in = last_command(d);
	bool found = false;
	const struct command_sink sink = {
		.arena = c->arena,
		.payload = &found,
		.command = note_dev_server,
	};
	struct shell_word *words;
	struct piece p;
	size_t count;

	if (!in)
		return false;
	p = piece_of(in->text, in->span);
	words = docker_words(c->arena, in, &count);
	if (words)
		commands_of_words(&sink, &p, words, count);
	else
		commands_of_script(&sink, &p, SHELL_DOCKER);
	return found;
}

void collect_docker(struct collector *c)
{
	const struct scope *file = c->scope;
	struct scope scope = *file;
	struct docker d;

	docker_read(&d, c->reading, c->src);
	read_disks(c, &d);
	if (scope.environment == ENV_UNKNOWN)
		scope.environment = declared(c, &d);
	if (scope.environment == ENV_UNKNOWN && is_for_developers(c, &d))
		scope.environment = ENV_DEVELOPMENT;
	if (scope.environment == ENV_DEVELOPMENT ||
	    scope.environment == ENV_TEST)
		scope.deploy = false;
	vec_each(const struct docker_instruction, in, &d.instructions) {
		struct scope here = scope;

		if (in->stage >= d.stages.count ||
		    !d.stages.item[in->stage].used)
			continue;
		c->scope = &scope;
		here = scope_of_stage(c, &d.stages.item[in->stage]);
		here.building = in->kind == DOCKER_RUN;
		c->scope = &here;
		if (in->kind == DOCKER_ENV)
			read_env(c, in);
		else if (in->kind == DOCKER_RUN || in->kind == DOCKER_CMD ||
			 in->kind == DOCKER_ENTRYPOINT)
			read_command(c, in);
	}
	c->scope = file;
}
