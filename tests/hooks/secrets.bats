#!/usr/bin/env bats
# Values of settings are in no output: one word is planted wherever a file can
# hold a secret, beside things that are found.

load library

WORD=opensesame

plant() {
	local w=$WORD
	mkdir -p .github/workflows .circleci k8s config/environments prisma db \
		app/settings database/seeders src deploy .husky chart
	printf '%s\n' "DATABASE_URL=postgres://u:$w@localhost/d" \
		"SHADOW=file:./$w.db" "DB_FILE=/srv/$w.sqlite" "A='$w" \
		"TOKEN= # $w" "B= " "C=$w#$w" "D=\"$w\"$w" "E=\$(x $w)" \
		"F_JSON={\"$w" "NEXT_PUBLIC_SECRET=$w" "NEXT_PUBLIC_U=mysql://$w@h/d" \
		"DATABASE_URL=postgres://$w@localhost/e" "sk_live_$w=1" \
		"export API_KEY: $w" "$w" "G=changeme" \
		"FEATURE_FLAGS_JSON={\"$w\":" >.env.production
	printf '\xef\xbb\xbfPASSWORD=%s\nDATABASE_URL=sqlite:///%s.db\n' "$w" \
		"$w" >.env.prod
	printf 'DATABASE_URL=postgres://u:%s@localhost/d\n' "$w" >.env.staging
	cat >docker-compose.prod.yml <<-END
		services:
		  web:
		    command: psql postgres://u:$w@h/d -c "DROP TABLE t"
		    environment:
		      - DATABASE_URL=file:/$w/app.db
		      - SECRET=\${X:-$w}
		      - PG_URL=\${PG_URL:-sqlite:///$w.db}
		      - PRISMA_USER_CONSENT_FOR_DANGEROUS_AI_ACTION=$w
	END
	cat >k8s/prod.yaml <<-END
		kind: Secret
		metadata: {namespace: production}
		stringData:
		  DATABASE_URL: sqlite:///$w.db
		  PASSWORD: $w
		---
		kind: Deployment
		metadata: {namespace: production}
		spec:
		  containers:
		    - command: [sh, -c, "PGPASSWORD=$w dropdb -h db shop"]
		      env: [{name: DB_URL, value: "postgres://$w@localhost/d"}]
	END
	cat >chart/values-prod.yaml <<-END
		env:
		  DATABASE_URL: "file:/$w.db"
		  password: $w
	END
	cat >.github/workflows/deploy.yml <<-END
		on: push
		jobs:
		  deploy:
		    environment: production
		    env: {DATABASE_URL: "sqlite:///$w.db", TOKEN: $w}
		    steps:
		      - run: mysql -p$w -e 'DROP TABLE t'
		      - run: curl -H 'Authorization: $w' h && prisma migrate reset
		      - run: psql "host=h password=$w" -c 'TRUNCATE t'
	END
	cat >.gitlab-ci.yml <<-END
		deploy:
		  stage: deploy
		  variables: {DATABASE_URL: "file:/$w.db"}
		  script: redis-cli -a $w FLUSHALL
	END
	cat >.circleci/config.yml <<-END
		jobs:
		  deploy:
		    steps:
		      - run: {command: mongosh -p $w --eval "db.dropDatabase()"}
	END
	cat >render.yaml <<-END
		services:
		  - type: web
		    startCommand: TOKEN=$w npx prisma migrate reset --force
		    envVars:
		      - {key: DATABASE_URL, value: "file:/$w.db"}
	END
	cat >fly.toml <<-END
		app = "$w"
		[deploy]
		release_command = "psql postgres://$w@h -c 'DROP TABLE t'"
		[env]
		DATABASE_URL = "sqlite:///$w.db"
	END
	cat >railway.json <<-END
		{"deploy": {"startCommand": "API_KEY=$w prisma db push --force-reset"}}
	END
	cat >vercel.json <<-END
		{"buildCommand": "dropdb --password=$w shop",
		 "env": {"DATABASE_URL": "file:/$w.db"}}
	END
	cat >netlify.toml <<-END
		[build]
		command = "SECRET=$w prisma migrate reset"
		[build.environment]
		DATABASE_URL = "file:$w.db"
	END
	cat >heroku.yml <<-END
		setup: {config: {DATABASE_URL: "sqlite:$w.db"}}
		release: {command: ["PASSWORD=$w rails db:drop"]}
	END
	cat >app.json <<-END
		{"env": {"DATABASE_URL": {"value": "file:$w.db"}},
		 "scripts": {"postdeploy": "KEY=$w rails db:reset"}}
	END
	echo "release: DATABASE_URL=sqlite:///$w.db python manage.py flush" >Procfile
	cat >serverless.yml <<-END
		provider: {environment: {DATABASE_URL: "file:$w.db", K: $w}}
	END
	cat >wrangler.toml <<-END
		[env.production.vars]
		DATABASE_URL = "file:$w.db"
	END
	mkdir lite && cat >lite/litefs.yml <<-END
		exec:
		  - cmd: "TOKEN=$w prisma migrate reset"
	END
	cat >package.json <<-END
		{"scripts": {"start": "TOKEN=$w npm run wipe -- --token $w",
		 "wipe": "mysql --password=$w -e 'DELETE FROM t'"}}
	END
	cat >composer.json <<-END
		{"scripts": {"deploy": "DB_PASSWORD=$w php artisan migrate:fresh"}}
	END
	printf 'PW = %s\ndeploy:\n\tmysql -p$(PW) -e "DROP TABLE t"\n' "$w" >Makefile
	printf 'deploy:\n  PGPASSWORD=%s dropdb shop\n' "$w" >justfile
	cat >Taskfile.yml <<-END
		tasks:
		  deploy: {cmds: ["TOKEN=$w prisma migrate reset"]}
	END
	cat >deploy.sh <<-END
		# @allow destructive-sql-command: $w
		export DATABASE_URL=sqlite:///$w.db
		P="mysql -p$w"
		\$P -e 'DROP TABLE t'
		psql "postgres://u:$w@h/d" <<< "DELETE FROM t; INSERT INTO t VALUES ('$w')"
		psql -c "UPDATE users SET password = '$w'"
		wrangler d1 execute db --remote --command "DROP TABLE t -- $w"
		kubectl create secret generic x --from-literal=p=$w && kubectl delete ns a
		redis-cli -u redis://:$w@h FLUSHALL
		sqlcmd -P $w -Q "DROP DATABASE d"
	END
	cp deploy.sh .husky/pre-commit
	cat >Dockerfile <<-END
		FROM node
		ENV DATABASE_URL="file:/$w.db" TOKEN=$w
		RUN TOKEN=$w rm -f prisma/dev.sqlite
		CMD ["sh", "-c", "PW=$w prisma migrate reset"]
	END
	cat >config/database.yml <<-END
		production:
		  adapter: sqlite3
		  database: /srv/$w.sqlite3
		  password: $w
	END
	cat >config/application-prod.yml <<-END
		spring:
		  datasource: {url: "jdbc:h2:file:/$w", password: $w}
	END
	printf 'spring.datasource.url=jdbc:h2:file:/%s\nspring.datasource.password=%s\n' \
		"$w" "$w" >config/application-prod.properties
	cat >appsettings.Production.json <<-END
		{"ConnectionStrings": {"Main": "Data Source=$w.db;Password=$w"}}
	END
	cat >prod.tfvars <<-END
		db_password = "$w"
		skip_final_snapshot = true
		database_url = "sqlite:///$w.db"
	END
	cat >prisma/schema.prisma <<-END
		datasource db {
		  provider = "sqlite"
		  url = "file:./$w.db"
		}
	END
	cat >prisma/seed.ts <<-END
		const pw = '$w'; await prisma.user.deleteMany();
		await prisma.\$executeRawUnsafe("DELETE FROM users /* $w */");
		execSync('PGPASSWORD=$w dropdb shop');
	END
	cat >db/seeds.rb <<-END
		User.delete_all; User.create!(password: '$w')
		system("mysql -p$w -e 'DROP TABLE t'")
	END
	cat >db/seed.sql <<-END
		TRUNCATE t; -- $w
		INSERT INTO t VALUES ('$w');
	END
	cat >src/db.ts <<-END
		const url = process.env.DATABASE_URL || 'file:./$w.db';
		new DataSource({ type: 'sqlite', database: '/$w.db', synchronize: true });
	END
	cat >app/settings/production.py <<-END
		PASSWORD = '$w'
		DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3',
			'NAME': '/srv/$w.db'}}
		URL = os.getenv("DATABASE_URL", "sqlite:///$w.db")
		subprocess.run(["mysql", "-p$w", "-e", "DROP TABLE t"])
	END
	cat >config/environments/production.rb <<-END
		ActiveRecord::Base.establish_connection(adapter: "sqlite3", database: "$w.db")
	END
	cat >database/seeders/a.php <<-END
		<?php DB::table('users')->truncate(); \$pw = '$w';
	END
	printf 'key: [%s\n  - "%s\n' "$w" "$w" >config/application-live.yml
	printf '{"a": "%s", DATABASE_URL: %s' "$w" "$w" >config/production.json
	printf '[a\n%s = "%s\n' "$w" "$w" >config/production.toml
}

setup_file() {
	world
	git init -q template
	cd template
	git commit -q --allow-empty -m base
	plant
	git add -A
}

setup() {
	cd "$W/template" || return 1
	export PATH="$HOLDFAST_BUILD:$PATH"
}

# silent COMMAND…: it says something, and not the word.
silent() {
	run "$@" 2>&1
	[ -n "$output" ] || return 1
	[ "$(printf '%s' "$output" | tr '[:upper:]' '[:lower:]' |
		grep -c "$WORD")" = 0 ] && return 0
	printf '%s\n' "$*" "$output" | grep -i -B3 "$WORD" | head -n 40
	return 1
}

@test "every kind of file has a finding, so that there is something to say" {
	run holdfast check --format json
	same "$status" 1
	local missing=
	for file in $(git ls-files); do
		case $file in
		# compared with production's; nothing is left after the gap
		.env.staging | config/production.toml) ;;
		*) case $output in
			*"\"path\": \"$file\""*) ;;
			*) missing="$missing $file" ;;
			esac ;;
		esac
	done
	same "$missing" ''
}

@test "no format has a value" {
	for format in text json sarif github gitlab junit; do
		silent holdfast check --format "$format"
		silent holdfast check --strict --format "$format"
		silent holdfast check --format "$format" .
	done
}

@test "no hook has one" {
	silent holdfast hook pre-commit
	silent "$HOLDFAST_BUILD/pre-commit"
}

@test "no other command has one" {
	silent holdfast doctor
	for rule in destructive-sql-command sqlite-in-production; do
		silent holdfast explain "$rule"
	done
}

@test "no error has one" {
	for file in .env.production deploy.sh config/database.yml; do
		cp "$file" saved
		printf '\0%s' "$WORD" >>"$file"
		silent holdfast check "$file"
		printf '<<<<<<< %s\nA=%s\n=======\n>>>>>>> x\n' "$WORD" "$WORD" \
			>>saved
		mv saved "$file"
		silent holdfast check "$file"
	done
}
