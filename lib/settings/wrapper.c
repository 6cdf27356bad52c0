#include "wrapper.h"

#include <stdint.h>

#include "compiler.h"

/* Programs that run another program. A new one is a new row; names of two
 * words stand before those of one that they begin with. */
static const struct wrapper wrappers[] = {
	{ "sudo", WRAPPER_PREFIX, 0, "-u -g -h -p -C -r -t -U -D", 0 },
	{ "doas", WRAPPER_PREFIX, 0, "-u -C", 0 },
	{ "env", WRAPPER_PREFIX, 0, "-u -C -S", 0 },
	{ "time", WRAPPER_PREFIX, 0, "-o -f", 0 },
	{ "nohup", WRAPPER_PREFIX, 0, "", 0 },
	{ "exec", WRAPPER_PREFIX, 0, "-a", 0 },
	{ "command", WRAPPER_PREFIX, 0, "", 0 },
	{ "builtin", WRAPPER_PREFIX, 0, "", 0 },
	{ "nice", WRAPPER_PREFIX, 0, "-n", 0 },
	{ "ionice", WRAPPER_PREFIX, 0, "-c -n -p", 0 },
	{ "timeout", WRAPPER_PREFIX, 1, "-k -s --signal --kill-after", 0 },
	{ "setsid", WRAPPER_PREFIX, 0, "", 0 },
	{ "stdbuf", WRAPPER_PREFIX, 0, "-i -o -e", 0 },
	{ "xargs", WRAPPER_PREFIX, 0, "-n -I -P -L -d -a -s", 0 },
	{ "watch", WRAPPER_PREFIX, 0, "-n", 0 },
	{ "flock", WRAPPER_PREFIX, 1, "-w -E", 0 },
	{ "retry", WRAPPER_PREFIX, 0, "-t -d", 0 },
	{ "gosu", WRAPPER_PREFIX, 1, "", 0 },
	{ "su-exec", WRAPPER_PREFIX, 1, "", 0 },
	{ "setpriv", WRAPPER_PREFIX, 0, "", 0 },
	{ "s6-setuidgid", WRAPPER_PREFIX, 1, "", 0 },
	{ "tini", WRAPPER_PREFIX, 0, "-e -p", 0 },
	{ "dumb-init", WRAPPER_PREFIX, 0, "", 0 },
	{ "dockerize", WRAPPER_PREFIX, 0, "-wait -timeout -template", 0 },
	{ "wait-for-it", WRAPPER_PREFIX, 0, "", WRAPPER_DASHES },
	{ "wait-for-it.sh", WRAPPER_PREFIX, 0, "", WRAPPER_DASHES },
	{ "wait-for", WRAPPER_PREFIX, 0, "", WRAPPER_DASHES },
	{ "wait-for.sh", WRAPPER_PREFIX, 0, "", WRAPPER_DASHES },
	{ "start-server-and-test", WRAPPER_EACH, 0, "", 0 },
	{ "cross-env", WRAPPER_PREFIX, 0, "", 0 },
	{ "cross-env-shell", WRAPPER_JOINED, 0, "", 0 },
	{ "dotenv", WRAPPER_PREFIX, 0, "-e -v -p -c -f", 0 },
	{ "dotenv-flow", WRAPPER_PREFIX, 0, "-p -f", 0 },
	{ "dotenvx run", WRAPPER_PREFIX, 0, "-f --env-file -e --env", 0 },
	{ "env-cmd", WRAPPER_PREFIX, 0, "-f -e -r", 0 },
	{ "with-env", WRAPPER_PREFIX, 0, "", 0 },
	{ "doppler run", WRAPPER_PREFIX, 0, "-p -c --project --config", 0 },
	{ "op run", WRAPPER_PREFIX, 0, "--env-file", WRAPPER_DASHES },
	{ "infisical run", WRAPPER_PREFIX, 0, "--env --path", 0 },
	{ "aws-vault exec", WRAPPER_PREFIX, 1, "-d", 0 },
	{ "chamber exec", WRAPPER_PREFIX, 0, "", WRAPPER_DASHES },
	{ "direnv exec", WRAPPER_PREFIX, 1, "", 0 },
	/* Node */
	{ "npx", WRAPPER_PREFIX, 0, "-p --package", 0 },
	{ "bunx", WRAPPER_PREFIX, 0, "-p --package", 0 },
	{ "pnpx", WRAPPER_PREFIX, 0, "-p --package", 0 },
	{ "npm exec", WRAPPER_PREFIX, 0, "-p --package -w --workspace", 0 },
	{ "npm x", WRAPPER_PREFIX, 0, "-p --package", 0 },
	{ "bun x", WRAPPER_PREFIX, 0, "-p --package", 0 },
	{ "pnpm exec", WRAPPER_PREFIX, 0, "", 0 },
	{ "pnpm dlx", WRAPPER_PREFIX, 0, "--package", 0 },
	{ "yarn dlx", WRAPPER_PREFIX, 0, "-p --package", 0 },
	{ "yarn exec", WRAPPER_PREFIX, 0, "", 0 },
	{ "npm run", WRAPPER_PREFIX, 0, "--prefix -w --workspace",
	  WRAPPER_SCRIPT },
	{ "npm run-script", WRAPPER_PREFIX, 0, "-w", WRAPPER_SCRIPT },
	{ "pnpm run", WRAPPER_PREFIX, 0, "-C --dir --filter -F",
	  WRAPPER_SCRIPT },
	{ "yarn workspace", WRAPPER_PREFIX, 1, "", WRAPPER_SCRIPT },
	{ "yarn workspaces foreach", WRAPPER_PREFIX, 0, "", WRAPPER_SCRIPT },
	{ "yarn run", WRAPPER_PREFIX, 0, "", WRAPPER_SCRIPT },
	{ "bun run", WRAPPER_PREFIX, 0, "--cwd --filter", WRAPPER_SCRIPT },
	{ "deno task", WRAPPER_PREFIX, 0, "", WRAPPER_SCRIPT },
	{ "turbo run", WRAPPER_PREFIX, 0, "", WRAPPER_SCRIPT },
	{ "lerna run", WRAPPER_PREFIX, 0, "--scope", WRAPPER_SCRIPT },
	{ "nx run", WRAPPER_PREFIX, 0, "", WRAPPER_SCRIPT },
	{ "yarn", WRAPPER_PREFIX, 0, "--cwd", WRAPPER_SCRIPT },
	{ "pnpm", WRAPPER_PREFIX, 0, "-C --dir --filter -F", WRAPPER_SCRIPT },
	{ "bun", WRAPPER_PREFIX, 0, "--cwd", WRAPPER_SCRIPT },
	{ "turbo", WRAPPER_PREFIX, 0, "", WRAPPER_SCRIPT },
	{ "npm", WRAPPER_PREFIX, 0, "--prefix -C -w", WRAPPER_SCRIPT },
	{ "concurrently", WRAPPER_EACH, 0, "-n -c --names", 0 },
	/* Python, Ruby, PHP */
	{ "uv run", WRAPPER_PREFIX, 0, "--with --project -p --env-file", 0 },
	{ "poetry run", WRAPPER_PREFIX, 0, "-C", 0 },
	{ "pipenv run", WRAPPER_PREFIX, 0, "", 0 },
	{ "pdm run", WRAPPER_PREFIX, 0, "-e", 0 },
	{ "rye run", WRAPPER_PREFIX, 0, "", 0 },
	{ "hatch run", WRAPPER_PREFIX, 0, "", 0 },
	{ "pipx run", WRAPPER_PREFIX, 0, "", 0 },
	{ "uvx", WRAPPER_PREFIX, 0, "--from", 0 },
	{ "conda run", WRAPPER_PREFIX, 0, "-n -p", 0 },
	{ "bundle exec", WRAPPER_PREFIX, 0, "", 0 },
	{ "spring", WRAPPER_PREFIX, 0, "", 0 },
	{ "sail", WRAPPER_PREFIX, 0, "", WRAPPER_LOCAL },
	{ "ddev", WRAPPER_PREFIX, 0, "", WRAPPER_LOCAL },
	{ "lando", WRAPPER_PREFIX, 0, "", WRAPPER_LOCAL },
	{ "warden", WRAPPER_PREFIX, 0, "", WRAPPER_LOCAL },
	{ "symfony", WRAPPER_PREFIX, 0, "--dir", 0 },
	/* elsewhere */
	{ "heroku run", WRAPPER_JOINED, 0, "-a --app -r --remote -s --size",
	  WRAPPER_REMOTE },
	{ "railway run", WRAPPER_PREFIX, 0, "-s --service -e --environment -p",
	  WRAPPER_REMOTE },
	{ "railway ssh", WRAPPER_JOINED, 0, "-s -e -p", WRAPPER_REMOTE },
	{ "fly ssh console", WRAPPER_JOINED, 0, "-a --app -u --user",
	  WRAPPER_REMOTE | WRAPPER_OPTION },
	{ "flyctl ssh console", WRAPPER_JOINED, 0, "-a --app -u --user",
	  WRAPPER_REMOTE | WRAPPER_OPTION },
	{ "kubectl exec", WRAPPER_PREFIX, 1, "-n --namespace -c --container",
	  WRAPPER_REMOTE | WRAPPER_DASHES },
	{ "oc exec", WRAPPER_PREFIX, 1, "-n --namespace -c", WRAPPER_REMOTE },
	{ "ssh", WRAPPER_JOINED, 1, "-i -p -l -o -F -J -L -R -D -c -E -m -b",
	  WRAPPER_REMOTE },
	{ "kamal app exec", WRAPPER_JOINED, 0, "-d", WRAPPER_REMOTE },
	{ "dokku run", WRAPPER_PREFIX, 1, "", WRAPPER_REMOTE },
	{ "eb ssh", WRAPPER_JOINED, 0, "-c", WRAPPER_REMOTE | WRAPPER_OPTION },
	{ "docker exec", WRAPPER_PREFIX, 1, "-e -u -w --env --user --workdir",
	  WRAPPER_CONTAINER },
	{ "docker run", WRAPPER_PREFIX, 1,
	  "-e -u -w -v -p --name --network --env --env-file --volume "
	  "--entrypoint --user --workdir --platform -m --memory --link -h",
	  0 },
	{ "docker compose exec", WRAPPER_PREFIX, 1, "-e -u -w --env --user",
	  WRAPPER_CONTAINER },
	{ "docker compose run", WRAPPER_PREFIX, 1,
	  "-e -u -w -v --env --user --volume --name --entrypoint -p",
	  WRAPPER_CONTAINER },
	/* shells */
	{ "bash", WRAPPER_SHELL, 0, "-o -O", 0 },
	{ "sh", WRAPPER_SHELL, 0, "-o", 0 },
	{ "zsh", WRAPPER_SHELL, 0, "-o", 0 },
	{ "dash", WRAPPER_SHELL, 0, "-o", 0 },
	{ "ash", WRAPPER_SHELL, 0, "-o", 0 },
	{ "ksh", WRAPPER_SHELL, 0, "-o", 0 },
	{ "su", WRAPPER_SHELL, 0, "-s", 0 },
	{ "nix-shell", WRAPPER_SHELL, 0, "-p", 0 },
	{ "nix develop", WRAPPER_SHELL, 0, "", 0 },
	{ "script", WRAPPER_SHELL, 0, "", 0 },
	{ "eval", WRAPPER_JOINED, 0, "", 0 },
	{ "step", WRAPPER_PREFIX, 1, "", 0 },
};

/* Words of npm, yarn and pnpm that are no scripts. */
static bool is_own_verb(struct str tool, struct str word)
{
	static const char verbs[] =
		" install i ci add remove rm uninstall update up upgrade link "
		"unlink init create publish pack audit outdated config cache "
		"list ls info view why login logout whoami workspaces "
		"workspace version help import set get store prune dedupe "
		"fetch rebuild root bin global plugin patch policies licenses "
		"docs repo owner team token search deploy doctor env pm "
		"test:watch ";
	const bool npm = str_eq(tool, STR("npm"));
	char padded[64];

	if (npm)
		return !str_eq(word, STR("test")) &&
		       !str_eq(word, STR("start")) &&
		       !str_eq(word, STR("stop")) &&
		       !str_eq(word, STR("restart"));
	if (!word.len || word.len + 2 >= sizeof(padded))
		return true;
	padded[0] = ' ';
	memcpy(padded + 1, word.ptr, word.len);
	padded[word.len + 1] = ' ';
	return str_find(str_of(verbs), (struct str){ padded, word.len + 2 }) !=
	       SIZE_MAX;
}

static bool is_option(struct str s)
{
	return s.len > 1 && s.ptr[0] == '-';
}

/* Is `word` one of the blank-separated words of `list`? */
static bool listed(const char *list, struct str word)
{
	struct str rest = str_of(list);

	while (rest.len) {
		const size_t end = str_find_byte(rest, ' ');

		if (str_eq(str_slice(rest, 0, end), word))
			return true;
		rest = end == SIZE_MAX ? STR("")
				       : str_slice(rest, end + 1, rest.len);
	}
	return false;
}

/* Do the words begin with `name`? Options may stand between its words, as in
 * `docker compose -f x.yml exec`. Returns how many words that takes. */
static size_t begins_with(const struct shell_word *w, size_t count,
			  struct str name)
{
	size_t i = 0;

	while (name.len) {
		const size_t end = str_find_byte(name, ' ');
		const struct str part = str_slice(name, 0, end);
		const bool first = i == 0;

		while (!first && i < count && is_option(w[i].text) &&
		       !str_eq(w[i].text, STR("--")))
			i += str_find_byte(w[i].text, '=') == SIZE_MAX &&
					     i + 2 < count &&
					     !is_option(w[i + 1].text) &&
					     !str_eq(w[i + 1].text, part)
				     ? 2
				     : 1;
		if (i >= count || !str_eq(w[i].text, part))
			return 0;
		i++;
		name = end == SIZE_MAX ? STR("")
				       : str_slice(name, end + 1, name.len);
	}
	return i;
}

const struct wrapper *wrapper_of(const struct shell_word *w, size_t count,
				 size_t *named)
{
	for (size_t i = 0; i < ARRAY_LEN(wrappers); i++) {
		const struct wrapper *wr = &wrappers[i];

		*named = begins_with(w, count, str_of(wr->name));
		if (!*named)
			continue;
		if (wr->flags & WRAPPER_SCRIPT && *named == 1) {
			const size_t at = wrapper_length(wr, w, count, 1);

			if (at >= count || is_own_verb(w[0].text, w[at].text))
				return NULL;
		}
		return wr;
	}
	return NULL;
}

size_t wrapper_length(const struct wrapper *wr, const struct shell_word *w,
		      size_t count, size_t named)
{
	unsigned skip = wr->skip;
	size_t i = named;

	if (wr->flags & WRAPPER_DASHES) {
		while (i < count && !str_eq(w[i].text, STR("--")))
			i++;
		return i < count ? i + 1 : count;
	}
	while (i < count) {
		const struct str s = w[i].text;

		if (str_eq(s, STR("--"))) {
			i++;
			if (!skip)
				break;
		} else if (is_option(s)) {
			i += listed(wr->with_value, s) ? 2 : 1;
		} else if (skip) {
			skip--;
			i++;
		} else {
			break;
		}
	}
	return i < count ? i : count;
}
