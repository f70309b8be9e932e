#!/usr/bin/env bash
# See that programs from the system are there: postgresql, chromium, fonts, libraries. As root on Debian they are installed.
set -euo pipefail

say() { echo "$*" >&2; }

has() {
  case $1 in
    postgresql) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ;;
    chromium) command -v chromium >/dev/null ;;
    fonts) compgen -G "/usr/share/fonts/opentype/noto/NotoSerifCJK*" >/dev/null ;;
    pango) ldconfig -p | grep -q libpangoft2-1.0.so.0 ;;
    openmp) ldconfig -p | grep -q libgomp.so.1 ;;
  esac
}

package() {
  case $1 in
    postgresql) echo postgresql ;;
    chromium) echo chromium ;;
    fonts) echo fonts-noto-cjk ;;
    pango) echo libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 ;;
    openmp) echo libgomp1 ;;
  esac
}

missing=()
for need in "$@"; do has "$need" || missing+=("$(package "$need")"); done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  say "Installing ${missing[*]} …"
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends ${missing[*]}; } >/dev/null 2>&1 </dev/null || {
    say "apt-get could not install ${missing[*]}; install them and run again."
    exit 1
  }
else
  say "Missing: ${missing[*]}. Install them: apt-get install ${missing[*]}"
  exit 1
fi
