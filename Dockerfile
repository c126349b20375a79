# syntax=docker/dockerfile:1
FROM python:3.12-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements.txt /src/requirements.txt
RUN /opt/venv/bin/pip install -r /src/requirements.txt

FROM python:3.12-slim
# pg_dump and psql for backup and restore; not older than the server, so whichever Debian has now.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
# A volume that is new takes owner and mode from the folder that it is mounted on.
RUN useradd --system --uid 10001 --home-dir /app kb && install -d -o 10001 -m 0755 /var/lib/kb/secrets \
  && install -d -o 10001 -m 0700 /var/lib/kb/backups
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY manage.py ./
COPY kb ./kb
COPY api ./api
COPY importers ./importers
COPY seeds ./seeds
# Static files are part of the image; the key is only for this step and is kept nowhere.
RUN SECRET_KEY=build-step-only python manage.py collectstatic --noinput --verbosity 0
ENV KB_PRODUCTION=true KB_BACKUP_DIR=/var/lib/kb/backups
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
CMD ["granian", "--interface", "wsgi", "kb.wsgi:application", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--no-ws", "--respawn-failed-workers"]
