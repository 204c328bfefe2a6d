package dev.watchword.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.junit.jupiter.api.Test;

class ContractRecordTest {
    @Test
    void avroMayMakeTheRecordsAndNothingElseMoreThanBefore() {
        assertThat(new Query().getSchema()).isEqualTo(Query.getClassSchema());

        ClassSecurityPredicate trusted = ClassSecurityValidator.getGlobal();

        assertThat(trusted.isTrusted(Query.class)).isTrue();
        assertThat(trusted.isTrusted(QueryMode.class)).isTrue();
        assertThat(trusted.isTrusted(String.class)).isTrue();
        assertThat(trusted.isTrusted(File.class)).isFalse();
    }

    @Test
    void aBuilderMakesDefaultsOfOtherClasses() {
        Answer answer =
                Answer.newBuilder()
                        .setQueryId("1")
                        .setAnswerId("id")
                        .setStream("door")
                        .setStatus(Status.FAILED)
                        .build();

        assertThat(answer.getFrames()).isEqualTo(FrameSpan.newBuilder().build());
    }
}
