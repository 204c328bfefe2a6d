package dev.watchword.operators;

import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.QueryStreams;
import dev.watchword.schemas.Status;
import dev.watchword.schemas.StreamPattern;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Knows which streams there are. Of a query with patterns it makes one event for each stream that is
 * meant; of one that is to be answered from several streams together also the question that
 * {@link CombineStreams} awaits their parts for.
 *
 * <p>A name or pattern for which that cannot be is answered here. All events have the one key {@link
 * #KEY}.
 */
public final class NameStreams extends KeyedProcessFunction<String, NamingEvent, StreamEvent> {
    /** The key of all events. */
    public static final String KEY = "streams";

    /** A stream that has frames must be told of at least so often. */
    public static final Duration TOLD_EVERY = Duration.ofMinutes(1);

    /** The side output of answers to queries that are refused. */
    public static final OutputTag<Answer> REFUSALS = new OutputTag<>("refusals", EventTypes.ANSWER);

    /** The side output of questions to several streams together. */
    public static final OutputTag<CombineEvent> COMBINED =
            new OutputTag<>("combined", EventTypes.COMBINE_EVENT);

    private static final int MOST_KNOWN = 10_000;
    private static final int MOST_PATTERNS = 100;

    /** Streams that a combined question may mean. */
    static final int MOST_TOGETHER = 256;

    private final AnswerLimits limits;
    private final Duration historyAge;

    private transient KnownStreams known;
    private transient QueryCheck check;
    private transient AnswerDrafts drafts;
    private transient Counter rejected;

    /**
     * @param historyAge how long a stream keeps a frame, and so a silent stream is known; zero:
     *     without a limit
     */
    public NameStreams(AnswerLimits limits, Duration historyAge) {
        this.limits = limits;
        this.historyAge = historyAge;
    }

    @Override
    public void open(OpenContext context) {
        Duration age = historyAge.isZero() ? Duration.ZERO : historyAge.plus(TOLD_EVERY);
        known =
                new KnownStreams(
                        getRuntimeContext()
                                .getMapState(
                                        new MapStateDescriptor<>(
                                                "names", String.class, Long.class)),
                        age,
                        MOST_KNOWN);
        check = new QueryCheck(limits);
        drafts = new AnswerDrafts("");
        MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("watchword");
        metrics.gauge("streams_known", known::count);
        rejected = metrics.counter("answers_rejected");
    }

    @Override
    public void processElement(NamingEvent event, Context context, Collector<StreamEvent> out)
            throws Exception {
        Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
        if (event instanceof NamingEvent.KnownStream stream) {
            known.tell(stream.name(), now);
        } else if (event instanceof NamingEvent.OpenQuery open) {
            Query query = open.query();
            if (!query.getCombine()) {
                fanOut(query, now, context, out);
            } else if (query.getCancel().isPresent()) {
                withdraw(query, now, context, out);
            } else {
                combine(query, now, context, out);
            }
        }
    }

    /** Lets each stream answer for itself. */
    private void fanOut(Query query, Instant now, Context context, Collector<StreamEvent> out)
            throws Exception {
        List<String> names = QueryStreams.of(query);
        if (names.stream().filter(StreamPattern::isPattern).count() > MOST_PATTERNS) {
            refuse(QueryStreams.together(query), query, tooManyPatterns(), now, context);
            return;
        }
        Set<String> streams = new LinkedHashSet<>();
        for (String name : names) {
            List<String> meant = meant(name, now);
            Optional<String> fault =
                    StreamPattern.isPattern(name)
                            ? patternFault(name, meant, query)
                            : Optional.empty();
            if (fault.isPresent()) {
                refuse(name, query, fault.get(), now, context);
            } else {
                streams.addAll(meant);
            }
        }
        streams.forEach(stream -> out.collect(QueryEvent.toOne(stream, query)));
    }

    /** The streams that a name or pattern means: of a name the one, whether it is known or not. */
    private List<String> meant(String name, Instant now) throws Exception {
        if (!StreamPattern.isPattern(name)) {
            return List.of(name);
        }
        return StreamPattern.problem(name).isPresent()
                ? List.of()
                : known.matching(new StreamPattern(name)::matches, now);
    }

    private static String tooManyPatterns() {
        return "The query has more than %d patterns: ask with fewer.".formatted(MOST_PATTERNS);
    }

    /** What every stream would refuse is refused here once. */
    private Optional<String> patternFault(String pattern, List<String> matched, Query query) {
        return StreamPattern.problem(pattern)
                .or(() -> matched.isEmpty() ? Optional.of(noMatch(pattern)) : Optional.empty())
                .or(() -> isQuestion(query) ? checked(query, matched.get(0)) : Optional.empty());
    }

    private String noMatch(String pattern) {
        return "No stream matches %s. %s".formatted(pattern, known.listed());
    }

    private static boolean isQuestion(Query query) {
        return query.getCancel().isEmpty() && query.getMode() != QueryMode.LIST;
    }

    private Optional<String> checked(Query query, String stream) {
        return check.fault(QueryEvent.toOne(stream, query));
    }

    /** Asks all the streams for their parts, and announces the question to who awaits them. */
    private void combine(Query query, Instant now, Context context, Collector<StreamEvent> out)
            throws Exception {
        Set<String> streams = new LinkedHashSet<>();
        List<String> unmatched = new ArrayList<>();
        Optional<String> fault = namesFault(query).or(() -> CombineCheck.fault(query));
        if (fault.isEmpty()) {
            for (String name : QueryStreams.of(query)) {
                List<String> meant = meant(name, now);
                streams.addAll(meant);
                if (meant.isEmpty()) {
                    unmatched.add(name);
                }
            }
            fault = streamsFault(query, List.copyOf(streams), unmatched);
        }
        if (fault.isPresent()) {
            refuse(QueryStreams.together(query), query, fault.get(), now, context);
            return;
        }
        context.output(COMBINED, new CombineEvent.Asked(query, List.copyOf(streams), unmatched));
        streams.forEach(stream -> out.collect(new QueryEvent(stream, query)));
    }

    private static Optional<String> namesFault(Query query) {
        List<String> names = QueryStreams.of(query);
        return names.stream()
                .flatMap(name -> StreamPattern.problem(name).stream())
                .findFirst()
                .or(
                        () ->
                                names.size() > Shortened.MOST_NAMES
                                        ? Optional.of(tooManyNames(names.size()))
                                        : Optional.empty());
    }

    private static String tooManyNames(int names) {
        return "A combined question names at most %d streams and patterns, and this one names %d."
                .formatted(Shortened.MOST_NAMES, names);
    }

    private Optional<String> streamsFault(
            Query query, List<String> streams, List<String> unmatched) {
        if (streams.isEmpty()) {
            return Optional.of(noMatch(String.join(",", unmatched)));
        }
        if (streams.size() > MOST_TOGETHER) {
            return Optional.of(
                    "The question means %d streams, and at most %d are looked at together: name fewer."
                            .formatted(streams.size(), MOST_TOGETHER));
        }
        return checked(query, streams.get(0));
    }

    /** Tells who awaits the streams' parts, and the streams, of which some may wait for frames. */
    private void withdraw(Query query, Instant now, Context context, Collector<StreamEvent> out)
            throws Exception {
        Optional<String> fault = namesFault(query);
        if (fault.isPresent()) {
            refuse(QueryStreams.together(query), query, fault.get(), now, context);
            return;
        }
        context.output(COMBINED, new CombineEvent.Withdrawn(query));
        Set<String> streams = new LinkedHashSet<>();
        for (String name : QueryStreams.of(query)) {
            streams.addAll(meant(name, now));
        }
        streams.forEach(stream -> out.collect(new QueryEvent(stream, query)));
    }

    private void refuse(String named, Query query, String reason, Instant now, Context context) {
        rejected.inc();
        Ticket ticket = new Ticket(named, query.getQueryId());
        Answer refusal = drafts.withoutText(ticket, Status.REJECTED, reason, now);
        context.output(
                REFUSALS, Answer.newBuilder(refusal).setStream(Shortened.together(named)).build());
    }
}
