# syntax=docker/dockerfile:1
FROM python:3.12-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements.txt /src/requirements.txt
RUN /opt/venv/bin/pip install -r /src/requirements.txt

FROM python:3.12-slim
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --home-dir /app kb
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY manage.py ./
COPY kb ./kb
COPY api ./api
COPY importers ./importers
COPY seeds ./seeds
# Static files are part of the image; the key is only for this step and is kept nowhere.
RUN SECRET_KEY=build-step-only python manage.py collectstatic --noinput --verbosity 0
USER kb
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/admin/login/', timeout=4)"]
CMD ["granian", "--interface", "wsgi", "kb.wsgi:application", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--no-ws", "--access-log"]
