{{- /* a comment of the template */ -}}
CREATE TABLE {{ .Schema }}.users (id int);
ALTER TABLE ${prefix}users DROP COLUMN #{column};
{{ if .Postgres }}
DROP TABLE {{ .A }}b;
{{ else }}
DROP TABLE c{{ .D }};
{{ end }}
{% for t in tables %}
DROP TABLE {{ t }};
{% endfor %}
<% if x %>
DROP TABLE <%= y %>;
<% end %>
DROP TABLE {{if .E}}f{{end}};
{{ .Everything }};
DROP TABLE {schema}.g;
{# jinja #}
DROP TABLE i;
{{ $x := "y" }}
DROP TABLE j;
