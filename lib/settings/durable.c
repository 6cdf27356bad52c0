#include "durable.h"

#include <stdint.h>

#include "compiler.h"
#include "program.h"

/* What other files of the project say about its disks. */
struct proof {
	struct strs mounts;
	struct str replica; /* text of litestream.yml */
	bool replicated;
};

static void add_mounts(struct collector *c, struct proof *p,
		       const struct sibling *s)
{
	if (!s)
		return;
	vec_each(const struct str, m, &s->read.mounts)
		vec_push(&p->mounts, c->arena, *m);
	p->replicated = p->replicated || s->read.replicated ||
			s->kind.role == SETTINGS_LITEFS;
}

/* Targets of `volumes:` in a text whose tree says no more than that: each
 * "name:/path" in a list. */
static void add_volumes(struct collector *c, struct proof *p, struct str text)
{
	struct str line;

	while (str_next_line(&text, &line)) {
		struct str s = str_trim(line);
		size_t colon;

		if (!str_starts(s, STR("- ")))
			continue;
		s = str_trim(str_slice(s, 2, s.len));
		while (s.len && strchr("\"'", s.ptr[0]))
			s = str_slice(s, 1, s.len);
		colon = str_find(s, STR(":/"));
		if (colon == SIZE_MAX ||
		    str_find_byte(str_slice(s, 0, colon), '=') != SIZE_MAX)
			continue;
		s = str_slice(s, colon + 1, s.len);
		s = str_slice(s, 0, str_find_byte(s, ':'));
		while (s.len && strchr("\"'", s.ptr[s.len - 1]))
			s.len--;
		vec_push(&p->mounts, c->arena, s);
	}
}

/* `mountPath: /data` and the like, wherever it stands. */
static void add_paths(struct collector *c, struct proof *p, struct str text)
{
	const size_t n = sizeof("mountPath:") - 1;

	for (;;) {
		const size_t at = str_find(text, STR("mountPath:"));
		struct str value;

		if (at == SIZE_MAX)
			return;
		text = str_slice(text, at + n, text.len);
		value = str_trim(str_slice(text, 0, str_find_byte(text, '\n')));
		vec_push(&p->mounts, c->arena, value);
	}
}

static void ask_siblings(struct settings_run *run, struct collector *c,
			 struct proof *p)
{
	static const char *const trees[] = {
		"fly.toml",
		"litefs.yml",
		"Dockerfile",
	};
	static const char *const volumes[] = {
		"docker-compose.prod.yml",
		"docker-compose.prod.yaml",
		"docker-compose.production.yml",
		"compose.prod.yml",
		"compose.prod.yaml",
		"compose.production.yaml",
		"docker-compose.yml",
		"docker-compose.yaml",
		"compose.yml",
		"compose.yaml",
		"config/deploy.yml",
		"config/deploy.production.yml",
	};
	static const char *const replicas[] = {
		"litestream.yml",	 "etc/litestream.yml",
		"config/litestream.yml", "litestream.yaml",
		"deploy/litestream.yml", "docker/litestream.yml",
	};
	const char *path = c->src->path;

	for (size_t i = 0; i < ARRAY_LEN(trees); i++)
		add_mounts(c, p, sibling_above(run, path, trees[i]));
	for (size_t i = 0; i < ARRAY_LEN(volumes); i++)
		add_volumes(c, p, sibling_text(run, path, volumes[i]));
	add_paths(c, p, sibling_text(run, path, "render.yaml"));
	for (size_t i = 0; i < ARRAY_LEN(replicas) && !p->replica.len; i++)
		p->replica = sibling_text(run, path, replicas[i]);
}

static bool proves(const struct proof *p, struct str path)
{
	const struct str base = path_base(path);

	if (p->replicated)
		return true;
	if (p->replica.len &&
	    (!base.len || str_find(p->replica, base) != SIZE_MAX))
		return true;
	return is_mounted(&p->mounts, path);
}

/* A form that only says which kind of database it is lives where those beside
 * it do that name the file. */
static void mark_kinds(struct collector *c)
{
	bool all = true, any = false;

	vec_each(const struct database_file, f, &c->files)
		if (f->path.len) {
			any = true;
			all = all && c->reading->forms.item[f->form].flags &
					     FORM_DURABLE;
		}
	if (any && all)
		vec_each(const struct database_file, f, &c->files)
			c->reading->forms.item[f->form].flags |= FORM_DURABLE;
}

void durable_mark(struct settings_run *run, struct collector *c)
{
	struct proof p = { .replicated = c->replicated };

	if (!c->files.count)
		return;
	vec_each(const struct str, m, &c->mounts)
		vec_push(&p.mounts, c->arena, *m);
	ask_siblings(run, c, &p);
	vec_each(const struct database_file, f, &c->files)
		if (proves(&p, f->path))
			c->reading->forms.item[f->form].flags |= FORM_DURABLE;
	mark_kinds(c);
}

bool durable_never(struct settings_run *run, const char *path)
{
	static const char *const names[] = {
		"vercel.json", "netlify.toml",	 "heroku.yml",
		"app.json",    "serverless.yml", "serverless.yaml",
	};
	const struct sibling *fly = sibling_above(run, path, "fly.toml");
	const struct str render = sibling_text(run, path, "render.yaml");

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (sibling_above(run, path, names[i]))
			return true;
	if (fly)
		return !fly->read.mounts.count;
	return render.len && str_find(render, STR("mountPath")) == SIZE_MAX;
}
