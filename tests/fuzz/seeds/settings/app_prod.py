"DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}
DATABASES["default"] = x
A = os.getenv("DATABASE_URL", "sqlite:///a.db")
subprocess.run(["a", "b"])
if x:
    call_command("flush")
