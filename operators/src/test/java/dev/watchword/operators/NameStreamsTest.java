package dev.watchword.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Standing;
import dev.watchword.schemas.Status;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameStreamsTest {
    private static final AnswerLimits LIMITS =
            new AnswerLimits(50, 8, 16, 1, 3, 2, 2, TestLimits.CONVERSATIONS);

    private static OperatorRun<NamingEvent, StreamEvent> run(boolean restoring, Duration age)
            throws Exception {
        return new OperatorRun<>(
                () ->
                        SimpleOperatorFactory.of(
                                new KeyedProcessOperator<>(new NameStreams(LIMITS, age))),
                event -> NameStreams.KEY,
                StreamEventSerializer.INSTANCE,
                restoring);
    }

    private static OperatorRun<NamingEvent, StreamEvent> run() throws Exception {
        return run(false, Duration.ZERO);
    }

    private static void tell(OperatorRun<NamingEvent, StreamEvent> run, String... streams)
            throws Exception {
        for (String stream : streams) {
            run.send(new NamingEvent.KnownStream(stream));
        }
    }

    private static Query query(UnaryOperator<Query.Builder> more, String... streams) {
        return more.apply(
                        Query.newBuilder()
                                .setQueryId("q")
                                .setText("what?")
                                .setStreams(List.of(streams)))
                .build();
    }

    private static void ask(
            OperatorRun<NamingEvent, StreamEvent> run,
            UnaryOperator<Query.Builder> more,
            String... streams)
            throws Exception {
        run.send(new NamingEvent.OpenQuery(query(more, streams)));
    }

    private static void ask(OperatorRun<NamingEvent, StreamEvent> run, String... streams)
            throws Exception {
        ask(run, UnaryOperator.identity(), streams);
    }

    private static void combine(OperatorRun<NamingEvent, StreamEvent> run, String... streams)
            throws Exception {
        ask(run, query -> query.setCombine(true), streams);
    }

    private static List<String> streams(OperatorRun<?, StreamEvent> run) {
        return run.output().stream().map(StreamEvent::stream).toList();
    }

    private static List<Answer> refusals(OperatorRun<?, StreamEvent> run) {
        return run.sideOutput(NameStreams.REFUSALS);
    }

    private static String onlyReason(OperatorRun<?, StreamEvent> run) {
        assertThat(refusals(run)).hasSize(1);
        assertThat(refusals(run).get(0).getStatus()).isEqualTo(Status.REJECTED);
        return refusals(run).get(0).getReason();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void asksEachStreamThatMatches(boolean restoring) throws Exception {
        try (OperatorRun<NamingEvent, StreamEvent> run = run(restoring, Duration.ZERO)) {
            tell(run, "yard-2", "gate", "yard-1", "yard-2");
            ask(run, "door", "yard-*", "*-1");

            assertThat(streams(run)).containsExactly("door", "yard-1", "yard-2");
            assertThat(run.output())
                    .extracting(event -> ((QueryEvent) event).query())
                    .allMatch(query -> query.getStreams().isEmpty())
                    .extracting(Query::getStream)
                    .containsExactly("door", "yard-1", "yard-2");
        }
    }

    @Test
    void aPatternWithoutMatchIsRefusedWithTheStreamsThatThereAre() throws Exception {
        try (OperatorRun<NamingEvent, StreamEvent> run = run()) {
            ask(run, "x*");
            assertThat(onlyReason(run))
                    .isEqualTo("No stream matches x*. No stream is known: no frame has come yet.");
        }
        try (OperatorRun<NamingEvent, StreamEvent> run = run()) {
            tell(run, IntStream.range(10, 23).mapToObj(i -> "s" + i).toArray(String[]::new));
            ask(run, "x*", "s10");

            assertThat(onlyReason(run))
                    .contains("No stream matches x*.", "s10, s11", "s17, and 5 other streams");
            assertThat(refusals(run).get(0).getStream()).isEqualTo("x*");
            assertThat(refusals(run).get(0).getAnswerId()).isEqualTo(AnswerId.of("q", "x*"));
            assertThat(streams(run)).containsExactly("s10");
        }
    }

    @Test
    void saysWhatIsWrongWithAPatternOrWithWhatIsAskedByIt() throws Exception {
        try (OperatorRun<NamingEvent, StreamEvent> run = run()) {
            tell(run, "yard-1", "yard-2");
            ask(run, "ya rd*");
            ask(run, query -> query.setText(" "), "yard-*");
            ask(run, IntStream.range(0, 101).mapToObj(i -> i + "*").toArray(String[]::new));

            assertThat(streams(run)).isEmpty();
            List<Answer> refusals = refusals(run);
            assertThat(refusals).hasSize(3);
            assertThat(refusals.get(0).getReason()).contains("position 3", "not allowed");
            assertThat(refusals.get(1).getReason()).contains("no question");
            assertThat(refusals.get(2).getReason()).contains("more than 100 patterns");
        }
    }

    @Test
    void listsAndCancelsGoToEachStreamThatMatches() throws Exception {
        try (OperatorRun<NamingEvent, StreamEvent> run = run()) {
            tell(run, "yard-1", "yard-2");
            ask(run, query -> query.setText("").setMode(QueryMode.LIST), "yard-*");
            ask(run, query -> query.setText("").setCancel("p"), "yard-*");

            assertThat(streams(run)).containsExactly("yard-1", "yard-2", "yard-1", "yard-2");
            assertThat(refusals(run)).isEmpty();
        }
    }

    @Test
    void forgetsStreamsThatAreSilentForLong() throws Exception {
        try (OperatorRun<NamingEvent, StreamEvent> run = run(false, Duration.ofMinutes(10))) {
            tell(run, "yard-1", "yard-2");
            run.advanceTo(run.now() + Duration.ofMinutes(6).toMillis());
            tell(run, "yard-2");
            run.advanceTo(run.now() + Duration.ofMinutes(6).toMillis());
            run.restore();
            ask(run, "yard-*");

            assertThat(streams(run)).containsExactly("yard-2");
        }
    }

    @Test
    void knowsABoundedNumberOfStreams() throws Exception {
        try (OperatorRun<NamingEvent, StreamEvent> run = run()) {
            for (int i = 0; i < 11_001; i++) {
                if (i % 1_000 == 0) {
                    run.advanceTo(run.now() + 1);
                }
                tell(run, "s" + i);
            }
            ask(run, "s*");

            assertThat(streams(run))
                    .hasSize(10_000)
                    .contains("s11000", "s10999", "s1001")
                    .doesNotContain("s0", "s999");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void asksAllStreamsOfACombinedQuestionAndAnnouncesIt(boolean known) throws Exception {
        try (OperatorRun<NamingEvent, StreamEvent> run = run()) {
            tell(run, "yard-2", "yard-1");
            if (known) {
                tell(run, "gate");
            }
            combine(run, "yard-2", "gate", "x*", "yard-*");

            Query asked = query(query -> query.setCombine(true), "yard-2", "gate", "x*", "yard-*");
            List<String> meant = List.of("yard-2", "gate", "yard-1");
            assertThat(streams(run)).isEqualTo(meant);
            assertThat(run.output())
                    .extracting(event -> ((QueryEvent) event).query())
                    .containsOnly(asked);
            assertThat(run.sideOutput(NameStreams.COMBINED))
                    .containsExactly(new CombineEvent.Asked(asked, meant, List.of("x*")));
            assertThat(refusals(run)).isEmpty();
        }
    }

    @Test
    void aCombinedQuestionThatCannotBeIsRefusedOnce() throws Exception {
        try (OperatorRun<NamingEvent, StreamEvent> run = run()) {
            tell(run, "yard-1");
            combine(run, "x*", "y*z");
            combine(run, "yard-1", "no name!");
            ask(run, query -> query.setCombine(true).setMode(QueryMode.LIST), "yard-1");
            ask(
                    run,
                    query ->
                            query.setCombine(true)
                                    .setMode(QueryMode.STANDING)
                                    .setStanding(Standing.newBuilder().build()),
                    "yard-1");
            ask(run, query -> query.setCombine(true).setFollowUpTo("p"), "yard-1");
            ask(run, query -> query.setCombine(true).setText("x".repeat(51)), "yard-*", "gate");
            combine(run, IntStream.range(0, 65).mapToObj(i -> "s" + i).toArray(String[]::new));
            combine(run);

            assertThat(run.output()).isEmpty();
            assertThat(run.sideOutput(NameStreams.COMBINED)).isEmpty();
            List<Answer> refusals = refusals(run);
            assertThat(refusals).hasSize(8).allMatch(each -> each.getStatus() == Status.REJECTED);
            assertThat(refusals.subList(0, 6))
                    .extracting(Answer::getStream)
                    .containsExactly(
                            "x*,y*z",
                            "yard-1,no name!",
                            "yard-1",
                            "yard-1",
                            "yard-1",
                            "yard-*,gate");
            List<String> says =
                    List.of(
                            "No stream matches x*,y*z. There are yard-1.",
                            "position 3",
                            "mode LIST",
                            "mode STANDING",
                            "follow_up_to",
                            "51 characters",
                            "at most 64 streams and patterns",
                            "empty");
            for (int i = 0; i < says.size(); i++) {
                assertThat(refusals.get(i).getReason()).contains(says.get(i));
            }
        }
    }

    @Test
    void moreStreamsThanCanBeLookedAtTogetherAreRefused() throws Exception {
        try (OperatorRun<NamingEvent, StreamEvent> run = run()) {
            tell(run, IntStream.range(0, 257).mapToObj(i -> "s" + i).toArray(String[]::new));
            combine(run, "s*");

            assertThat(onlyReason(run)).contains("257 streams", "at most 256");
            assertThat(run.output()).isEmpty();
        }
    }

    @Test
    void theCancellingOfACombinedQuestionGoesToWhereItWaits() throws Exception {
        try (OperatorRun<NamingEvent, StreamEvent> run = run()) {
            tell(run, "yard-1");
            ask(run, query -> query.setCombine(true).setText("").setCancel("p"), "yard-*", "gate");
            ask(run, query -> query.setCombine(true).setText("").setCancel("p"), "no name!");

            assertThat(run.output())
                    .extracting(StreamEvent::stream)
                    .containsExactly("yard-1", "gate");
            assertThat(run.sideOutput(NameStreams.COMBINED))
                    .extracting(CombineEvent::key)
                    .containsExactly("yard-*,gate p");
            assertThat(refusals(run))
                    .extracting(Answer::getQueryId, Answer::getStatus)
                    .containsExactly(tuple("q", Status.REJECTED));
        }
    }
}
