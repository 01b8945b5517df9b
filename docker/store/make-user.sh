#!/usr/bin/env bash
# Makes the user of the service in the store: in no group, so that it is no administrator. One that is there already is left as it is.
# Passwords go over standard input: the arguments of a process can be read by others.
set -euo pipefail
store=${STORE:-https://store-1:2113}
user=khamrap
password=$(</run/secrets/store_password)
status=$(
  curl --silent --show-error --max-time 10 --output /dev/null --write-out '%{http_code}' \
    --cacert /certificates/ca/ca.crt --config - "$store/users/" <<END
user = "admin:$(</run/secrets/store_admin_password)"
header = "Content-Type: application/json"
data = "{\"loginName\":\"$user\",\"fullName\":\"Khamrap\",\"groups\":[],\"password\":\"$password\"}"
END
)
case $status in
  201) echo "user $user is there" ;;
  409) echo "user $user was there, with another name or password" ;;
  *)
    echo "user $user could not be made: $store answered $status" >&2
    exit 1
    ;;
esac
