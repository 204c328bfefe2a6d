#!/usr/bin/env bash
# Gives each role the least rights with which it works, on brokers that have an authorizer.
#
#   CAMERA, ASKER, JOB, CONSUMER   the principals (User:watchword-camera and so on)
#   BOOTSTRAP, COMMAND_CONFIG, KAFKA_BIN   as in create-topics.sh; the login may alter ACLs
#
# Make the topics first. None of the roles may: run the job with kafka.create-topics=false.
set -euo pipefail

bootstrap=${BOOTSTRAP:-kafka:9092}
kafka_bin=${KAFKA_BIN:-/opt/kafka/bin}
camera=${CAMERA:-User:watchword-camera}
asker=${ASKER:-User:watchword-asker}
job=${JOB:-User:watchword-job}
consumer=${CONSUMER:-User:watchword-consumer}

access=(--bootstrap-server "$bootstrap")
if [ -n "${COMMAND_CONFIG:-}" ]; then
  access+=(--command-config "$COMMAND_CONFIG")
fi

# allow PRINCIPAL OPERATION,... RESOURCE...
allow() {
  local principal=$1 operations=() operation
  for operation in ${2//,/ }; do
    operations+=(--operation "$operation")
  done
  "$kafka_bin/kafka-acls.sh" "${access[@]}" --add --force --allow-principal "$principal" \
    "${operations[@]}" "${@:3}"
}

# 'watchword publish' and 'watchword ask' look whether all four topics are there.
for principal in "$camera" "$asker"; do
  for topic in watchword.frames watchword.queries watchword.answers watchword.dead-letters; do
    allow "$principal" Describe --topic "$topic"
  done
done

allow "$camera" Write --topic watchword.frames

# Reads the answers without a consumer group.
allow "$asker" Write --topic watchword.queries
allow "$asker" Read --topic watchword.answers

# Before it starts, the job looks how large the topics' records may be.
for topic in watchword.frames watchword.queries; do
  allow "$job" Read,DescribeConfigs --topic "$topic"
done
for topic in watchword.answers watchword.dead-letters; do
  allow "$job" Write,DescribeConfigs --topic "$topic"
done
# kafka.group, under which its progress can be seen.
allow "$job" Read --group watchword
# kafka.transaction-prefix; used with kafka.delivery=exactly-once.
allow "$job" Write --transactional-id watchword- --resource-pattern-type prefixed

# Any program that reads answers, in a group whose name begins so.
allow "$consumer" Read --topic watchword.answers
allow "$consumer" Read --group watchword-consumer --resource-pattern-type prefixed
