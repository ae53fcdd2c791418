#!/usr/bin/env bash
# Sets up what the tests need, builds everything, runs every test project, and ends with one line that adds them all up.
# Usage: ./test.sh [--no-setup] [arguments for dotnet test]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

setup=true
if [ "${1:-}" = "--no-setup" ]; then setup=false; shift; fi

# A browser for the tests of the web page. Without one they are skipped with that reason (and fail under CI=true).
if $setup && ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium for the tests of the web page"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
  else
    echo "No Chromium found: the tests of the web page will be skipped. Install the package 'chromium' to run them."
  fi
fi

# A membership for the tests of several processes. Without it they are skipped (and fail under CI=true).
if $setup && ! command -v redis-server >/dev/null; then
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing Redis for the tests of several processes"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends redis-server >/dev/null
  else
    echo "No redis-server found: the tests of several processes will be skipped. Install the package 'redis-server' to run them."
  fi
fi

# Programs that judge what is deployed: docker-compose reads docker-compose.yml (that needs no engine), Prometheus carries out the
# queries of the board. Without them those tests are skipped (and fail under CI=true).
missing=""
for program in docker-compose prometheus; do command -v "$program" >/dev/null || missing="$missing $program"; done
if $setup && [ -n "$missing" ]; then
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing$missing for the tests of what is deployed"
    # shellcheck disable=SC2086 # several packages
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
  else
    echo "Not found:$missing. The tests of what is deployed that need them will be skipped; install the packages to run them."
  fi
fi

# The emulator of Azure Storage for the tests of the storage, in a folder that git ignores. Without it they are skipped (and fail
# under CI=true).
azurite=tests/Storage.Tests/azurite
if $setup && ! cmp -s "$azurite/package-lock.json" "$azurite/node_modules/.installed"; then
  if command -v npm >/dev/null; then
    echo "Installing Azurite for the tests of the storage"
    if npm ci --prefix "$azurite" --silent; then cp "$azurite/package-lock.json" "$azurite/node_modules/.installed"; fi
  else
    echo "No npm found: the tests against Azurite will be skipped. Install Node.js 20 with npm to run them."
  fi
fi

dotnet build Correlation.sln --nologo -v quiet -clp:NoSummary

log="$(mktemp)"
trap 'rm -f "$log"' EXIT
status=0
# What hangs ends with a failure, and the other projects are heard.
dotnet test --solution Correlation.sln --no-build --no-progress --timeout 20m "$@" 2>&1 | tee "$log" || status=$?

count() { sed -n "s/^ *$1: *\([0-9][0-9]*\).*/\1/p" "$log" | tail -n 1; }
passed="$(count succeeded)"; failed="$(count failed)"; skipped="$(count skipped)"
if [ -z "$passed" ]; then echo "No test ran."; exit 1; fi
echo "${passed} passed, ${failed:-0} failed, ${skipped:-0} skipped"
if [ "$passed" = 0 ] || [ "${failed:-0}" != 0 ]; then exit 1; fi
exit "$status"
