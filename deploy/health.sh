#!/usr/bin/env bash
# Whether the process of this container answers for its cluster: exit code 0 where /readyz says 200. By bash alone, since the image
# has neither curl nor wget. The port is that of the first address in ASPNETCORE_URLS.
address="${ASPNETCORE_URLS%%;*}"
port="${address##*:}"
exec 3<>"/dev/tcp/127.0.0.1/${port%%/*}" || exit 1
printf 'GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
read -r -t 10 _ status _ <&3
[ "$status" = 200 ]
