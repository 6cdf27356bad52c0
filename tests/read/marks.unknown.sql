-- +goose Up
-- +goose NO TRANSACTION
CREATE TABLE {{.prefix}}t (a int);
{{if .postgres}}
DROP TABLE ${schema}.old;
{{end}}
--> statement-breakpoint
ALTER TABLE a DROP b--> statement-breakpoint
ALTER TABLE a DROP c
-- +goose Down
DROP TABLE t;
/* never closed
