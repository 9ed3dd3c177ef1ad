# Two stages: uv and its caches stay in the first one.
FROM python:3.13-slim AS build
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir uv==0.13.8
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev --no-cache

FROM python:3.13-slim
RUN groupadd --gid 10001 codebell \
    && useradd --uid 10001 --gid 10001 --home-dir /app --no-create-home --shell /usr/sbin/nologin codebell \
    && install --directory --owner=codebell --group=codebell --mode=0700 /data
WORKDIR /app
COPY --from=build /app/.venv .venv
COPY bot bot
COPY locales locales
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite+aiosqlite:////data/codebell.db \
    HTTP_HOST=127.0.0.1 \
    HTTP_PORT=8081 \
    LOG_FORMAT=json
USER 10001:10001
VOLUME /data
# Asked from inside: the endpoint is not reachable, and need not be, from anywhere else.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ['HTTP_PORT']}/healthz\", timeout=4)"]
# The bot stops by itself within ten seconds of SIGTERM, Docker's own patience.
ENTRYPOINT ["python", "-m", "bot"]
