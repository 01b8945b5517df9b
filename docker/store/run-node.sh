#!/usr/bin/env bash
# The store takes the first passwords of its two administrators from its environment only. Here they come from secrets, and so are
# in no file and in no description of the container. They count on the first start of a cluster, and never again.
set -euo pipefail
EVENTSTORE_DEFAULT_ADMIN_PASSWORD=$(</run/secrets/store_admin_password)
EVENTSTORE_DEFAULT_OPS_PASSWORD=$(</run/secrets/store_ops_password)
export EVENTSTORE_DEFAULT_ADMIN_PASSWORD EVENTSTORE_DEFAULT_OPS_PASSWORD
exec /opt/eventstore/EventStore.ClusterNode
