#ifndef RUN_MODELS_H
#define RUN_MODELS_H

struct arena;
struct changes;
struct judge;

/*
 * What a change does to rows and clients without any migration: a model whose
 * stored values change their meaning, a file of an API that is gone.
 */
void judge_models(struct judge *j, const struct changes *changes,
		  struct arena *a);

#endif
