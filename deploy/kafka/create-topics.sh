#!/usr/bin/env bash
# Makes the four topics; one that is there already is left as it is.
#
#   BOOTSTRAP       the brokers, HOST:PORT (kafka:9092)
#   PARTITIONS      into how many parts a topic is divided; more than task slots are of no use (4)
#   REPLICATION     on how many brokers each part is kept (1)
#   COMMAND_CONFIG  a file of client properties, for TLS and SASL (none)
#   KAFKA_BIN       where Kafka's scripts are (/opt/kafka/bin)
set -euo pipefail

bootstrap=${BOOTSTRAP:-kafka:9092}
partitions=${PARTITIONS:-4}
replication=${REPLICATION:-1}
kafka_bin=${KAFKA_BIN:-/opt/kafka/bin}

access=(--bootstrap-server "$bootstrap")
if [ -n "${COMMAND_CONFIG:-}" ]; then
  access+=(--command-config "$COMMAND_CONFIG")
fi

create() {
  local topic=$1 config=() setting
  for setting in "${@:2}"; do
    config+=(--config "$setting")
  done
  "$kafka_bin/kafka-topics.sh" "${access[@]}" --create --if-not-exists --topic "$topic" \
    --partitions "$partitions" --replication-factor "$replication" "${config[@]}"
}

# kafka.max-record-size is 8 MiB; a dead letter may be 64 KiB larger than what it tells of.
# A frame is needed until the job has read it and saved what it made of it: a day is plenty.
create watchword.frames max.message.bytes=8388608 retention.ms=86400000
create watchword.queries max.message.bytes=8388608
create watchword.answers max.message.bytes=8388608
create watchword.dead-letters max.message.bytes=8454144
