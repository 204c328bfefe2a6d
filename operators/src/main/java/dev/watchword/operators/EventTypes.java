package dev.watchword.operators;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.DeadLetter;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The types of what flows through the job, as Flink's topology asks for them. */
public final class EventTypes {
    /** Of {@link StreamEvent}. */
    public static final TypeInformation<StreamEvent> STREAM_EVENT =
            new ValueType<>(StreamEvent.class, StreamEventSerializer.INSTANCE);

    /** Of {@link EncodedEvent}. */
    public static final TypeInformation<EncodedEvent> ENCODED_EVENT =
            new ValueType<>(EncodedEvent.class, EncodedEventSerializer.INSTANCE);

    /** Of {@link NamingEvent}. */
    public static final TypeInformation<NamingEvent> NAMING_EVENT =
            new ValueType<>(NamingEvent.class, NamingEventSerializer.INSTANCE);

    /** Of {@link CombineEvent}. */
    public static final TypeInformation<CombineEvent> COMBINE_EVENT =
            new ValueType<>(CombineEvent.class, CombineEventSerializer.INSTANCE);

    /** Of {@link Answer}. */
    public static final TypeInformation<Answer> ANSWER =
            new ValueType<>(Answer.class, AnswerSerializer.INSTANCE);

    /** Of {@link DeadLetter}. */
    public static final TypeInformation<DeadLetter> DEAD_LETTER =
            new ValueType<>(DeadLetter.class, DeadLetterSerializer.INSTANCE);

    private EventTypes() {}

    private static final class ValueType<T> extends TypeInformation<T> {
        private final Class<T> type;
        private final ValueSerializer<T> serializer;

        private ValueType(Class<T> type, ValueSerializer<T> serializer) {
            this.type = type;
            this.serializer = serializer;
        }

        @Override
        public boolean isBasicType() {
            return false;
        }

        @Override
        public boolean isTupleType() {
            return false;
        }

        @Override
        public int getArity() {
            return 1;
        }

        @Override
        public int getTotalFields() {
            return 1;
        }

        @Override
        public Class<T> getTypeClass() {
            return type;
        }

        @Override
        public boolean isKeyType() {
            return false;
        }

        @Override
        public TypeSerializer<T> createSerializer(SerializerConfig config) {
            return serializer;
        }

        @Override
        public String toString() {
            return type.getSimpleName();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ValueType<?> that && type.equals(that.type);
        }

        @Override
        public int hashCode() {
            return type.hashCode();
        }

        @Override
        public boolean canEqual(Object other) {
            return other instanceof ValueType;
        }
    }
}
