#!/bin/sh
# The first argument names the process; exec makes it process 1, so that it gets the signals.
set -eu
case "${1:-}" in
  api) exec node /baton/apps/api/dist/main.js ;;
  worker) exec node /baton/apps/worker/dist/main.js ;;
  migrate) exec node /baton/libs/runtime/dist/embedded/migrate-main.js ;;
  *) echo "usage: api | worker | migrate" >&2; exit 2 ;;
esac
