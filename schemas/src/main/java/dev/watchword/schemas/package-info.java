/**
 * The contract of the Kafka topics: the records {@link dev.watchword.schemas.Frame}, {@link
 * dev.watchword.schemas.Query}, {@link dev.watchword.schemas.Answer} and {@link
 * dev.watchword.schemas.DeadLetter}, generated from {@code src/main/avro}; how they are coded
 * ({@link dev.watchword.schemas.RecordCodecs}); which versions of them are known ({@link
 * dev.watchword.schemas.SchemaArchive}); and the rules for names and ids in them.
 */
package dev.watchword.schemas;
