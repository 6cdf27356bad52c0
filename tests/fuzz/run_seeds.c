/* Runs a fuzzer over the files of a folder, and over each file's beginnings,
 * so that its corpus is a test even without libFuzzer. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SEED_MAX = 1 << 20, CUTS = 64 };

static void run_cut(const uint8_t *bytes, size_t size)
{
	/* an exact copy, so that a read past the end is seen */
	uint8_t *copy = malloc(size ? size : 1);

	if (!copy)
		abort();
	if (size)
		memcpy(copy, bytes, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static int run_file(const char *path, uint8_t *bytes)
{
	FILE *f = fopen(path, "rb");

	if (!f)
		return 0;
	const size_t size = fread(bytes, 1, SEED_MAX, f);

	fclose(f);
	for (size_t i = 0; i < CUTS; i++)
		run_cut(bytes, size * i / CUTS);
	run_cut(bytes, size);
	return 1;
}

int main(int argc, char **argv)
{
	uint8_t *bytes = malloc(SEED_MAX);
	DIR *dir = argc > 1 ? opendir(argv[1]) : NULL;
	struct dirent *e;
	int files = 0;

	while (bytes && dir && (e = readdir(dir))) {
		char path[4096];

		if (*e->d_name == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", argv[1], e->d_name);
		files += run_file(path, bytes);
	}
	if (dir)
		closedir(dir);
	free(bytes);
	printf("%d seeds\n", files);
	return files ? EXIT_SUCCESS : EXIT_FAILURE;
}
