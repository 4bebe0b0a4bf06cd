"""Settings of the production server: gunicorn 'app:create_app()'."""

# The path without its query (%(r)s would print what people search for), and no referrer.
# app/web/request_log.py takes the question out of a path of the check.
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"
preload_app = False
# Browsers open connections before they need them, and each would keep a process without threads waiting.
threads = 8
