package dev.watchword.job.cli;

import dev.watchword.job.settings.KafkaSettings;
import dev.watchword.job.settings.SettingsException;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.SchemaArchive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How commands read and write records. */
final class Codecs {
    private static final RecordCodec<Answer> ANSWER_JSON =
            RecordCodecs.of(Answer.class, RecordFormat.JSON);

    private Codecs() {}

    static RecordCodec<Query> queries(KafkaSettings settings) {
        return RecordCodecs.of(Query.class, settings.queriesFormat());
    }

    /** Reads answers of either form, and of the versions whose schemas the settings lead to. */
    static RecordCodec<Answer> answers(KafkaSettings settings) {
        return RecordCodecs.anyFormat(Answer.class, settings.answersFormat(), archive(settings));
    }

    static RecordCodec<Frame> frames(KafkaSettings settings) {
        return RecordCodecs.of(Frame.class, RecordFormat.AVRO, archive(settings));
    }

    /** The answer as one line of JSON. */
    static String json(Answer answer) {
        return new String(ANSWER_JSON.encode(answer), StandardCharsets.UTF_8);
    }

    private static SchemaArchive archive(KafkaSettings settings) {
        if (settings.schemaDirectory().isEmpty()) {
            return SchemaArchive.published();
        }
        try {
            return SchemaArchive.published().withDirectory(settings.schemaDirectory().get());
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException(
                    "kafka.schema-directory cannot be used: " + e.getMessage(), e);
        }
    }
}
