package dev.watchword.job.topology;

import dev.watchword.operators.RecordOrigin;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes records from a topic as they are. It never fails: a deserializer that throws stops the job
 * for ever.
 */
final class RawRecords implements KafkaRecordDeserializationSchema<RawRecord> {
    private static final byte[] NOTHING = {};

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
        byte[] value = record.value() == null ? NOTHING : record.value();
        RecordOrigin origin =
                new RecordOrigin(record.topic(), record.partition(), record.offset());
        out.collect(new RawRecord(origin, value));
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return TypeInformation.of(RawRecord.class);
    }
}
