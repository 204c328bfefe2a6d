package dev.watchword.job.train;

import dev.watchword.job.questions.CombinedQuestions;
import dev.watchword.job.questions.Truth;
import dev.watchword.job.questions.YardQuestion;
import dev.watchword.job.yard.JoinedYard;
import dev.watchword.job.yard.Yard;
import dev.watchword.model.training.TrainingBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * Histories of several yards, one after the other, each behind its name, with questions in which of
 * them something was. The frames of a yard stand apart, so that a name is looked for far behind.
 */
record CombinedBatches(
        SceneBank bank, TokenBank tokens, CombinedQuestions writer, QuestionCoder coder)
        implements Batches {
    /** Yards are told apart by the last digits of their names. */
    static final int OWNERS = 10;

    /** More than there are numbers in names. */
    private static final int NUMBERS = 100;

    /** Frames and names of a batch, about; long histories are few, short ones at most so many. */
    private static final int BATCH = 512;

    private static final int FEWEST_HISTORIES = 2;
    private static final int MOST_HISTORIES = 10;
    private static final int ASKED = 8;
    private static final int MOST_YARDS = 5;
    private static final int LONGEST = 2 * SceneBank.SECONDS;
    private static final int MOST_FRAMES = 480;
    private static final int DRAWS = 4 * ASKED;
    private static final double TWO_DIGITS = 0.65;

    /** People number their cameras one after the other. */
    private static final double NEIGHBOURS = 0.5;

    private static final int NEIGHBOURHOOD = 9;
    private static final double STRETCHED = 0.6;
    private static final double LONGEST_STRIDE = 60;
    private static final List<String> SORTS = List.of("yard-", "camera-", "gate/", "cam", "door-");

    @Override
    public Maker draw(RandomGenerator random) {
        int yards = random.nextInt(2, MOST_YARDS + 1);
        int most = Math.min(LONGEST, MOST_FRAMES / yards);
        // Short ones as often as long ones: first it must be found out what a name is for.
        int frames = (int) Math.exp(random.nextDouble() * Math.log(most + 1));
        // The names of a batch have as many tokens.
        String sort = SORTS.get(random.nextInt(SORTS.size()));
        int digits = random.nextDouble() < TWO_DIGITS ? 2 : 1;
        return own -> make(yards, frames, sort, digits, own);
    }

    private TrainingBatch make(
            int yards, int frames, String sort, int digits, RandomGenerator random) {
        Histories made = new Histories(yards, frames, sort, digits);
        for (int history = 0; history < made.histories; history++) {
            made.add(history, random);
        }
        return made.batch();
    }

    /** A stretch of a yard, or of two of a group that are joined. */
    private record Stretch(List<Integer> parts, Yard yard, int from, int to) {
        int part(int second) {
            return parts.get(second / SceneBank.SECONDS);
        }
    }

    /** The histories of a batch in the making. */
    private final class Histories {
        private final int histories;
        private final int yards;
        private final int frames;
        private final int nameTokens;
        private final int places;
        private final String sort;
        private final int digits;
        private final List<byte[]> pictures = new ArrayList<>();
        private final List<int[]> states = new ArrayList<>();
        private final List<int[]> events = new ArrayList<>();
        private final List<long[]> names = new ArrayList<>();
        private final List<List<CodedQuestion>> questions = new ArrayList<>();
        private final float[] vectors;
        private final byte[] there;
        private final long[] positions;
        private final long[] starts;
        private final long[] anchors;
        private final long[] namePlaces;
        private final List<Long> moments = new ArrayList<>();

        Histories(int yards, int frames, String sort, int digits) {
            this.yards = yards;
            this.frames = frames;
            this.sort = sort;
            this.digits = digits;
            this.nameTokens = coder.name(name(1)).length;
            this.places = yards * (nameTokens + frames);
            this.histories = Math.max(FEWEST_HISTORIES, Math.min(MOST_HISTORIES, BATCH / places));
            this.starts = new long[histories];
            this.anchors = new long[histories];
            this.vectors = new float[histories * places * tokens.width()];
            this.there = new byte[histories * places];
            this.positions = new long[histories * places];
            this.namePlaces = new long[histories * yards * nameTokens];
            Arrays.fill(there, (byte) 1);
        }

        private String name(int number) {
            return sort + ("%0" + digits + "d").formatted(number);
        }

        void add(int history, RandomGenerator random) {
            List<String> called = called(random);
            List<Stretch> stretches;
            List<CodedQuestion> asked;
            do {
                stretches = stretches(random);
                asked = asked(called, stretches, random);
                // Some yards have nothing that tells them apart.
            } while (asked.isEmpty());
            for (int repeated = 0; asked.size() < ASKED; repeated++) {
                asked.add(asked.get(repeated));
            }
            questions.add(asked);
            int[] firsts = lay(history, called, stretches, random);
            for (CodedQuestion each : asked) {
                int yard = called.indexOf(each.question().answer());
                date(stretches.get(yard), firsts[yard], each.mentions());
            }
        }

        /** Notes when what a question names was first seen, in its yard. */
        private void date(Stretch stretch, int first, List<CodedQuestion.Mention> mentions) {
            for (CodedQuestion.Mention mention : mentions) {
                int frame = Math.max(0, mention.second() - stretch.from());
                moments.add((long) SceneEvents.time(positions[first + frame]));
            }
        }

        private List<String> called(RandomGenerator random) {
            List<Integer> numbers = new ArrayList<>();
            int first = 1;
            int numbered = digits == 1 ? 9 : NUMBERS - 1;
            if (digits == 2 && random.nextDouble() < NEIGHBOURS) {
                first = random.nextInt(1, NUMBERS - NEIGHBOURHOOD + 1);
                numbered = NEIGHBOURHOOD;
            }
            while (numbers.size() < yards) {
                int number = random.nextInt(first, first + numbered);
                if (!numbers.contains(number)) {
                    numbers.add(number);
                }
            }
            return numbers.stream().map(this::name).toList();
        }

        private List<CodedQuestion> asked(
                List<String> called, List<Stretch> stretches, RandomGenerator random) {
            List<Truth> truths =
                    stretches.stream()
                            .map(each -> Truth.of(each.yard(), each.from(), each.to()))
                            .toList();
            List<CodedQuestion> asked = new ArrayList<>();
            for (int draw = 0; asked.size() < ASKED && draw < DRAWS; draw++) {
                Optional<YardQuestion> question = writer.ask(called, truths, random);
                question.ifPresent(found -> asked.add(coder.code(found)));
            }
            return asked;
        }

        private List<Stretch> stretches(RandomGenerator random) {
            Set<Integer> groups = new HashSet<>();
            List<Stretch> stretches = new ArrayList<>();
            int all = bank.size() / SceneBank.GROUP;
            while (stretches.size() < yards) {
                int group = random.nextInt(all);
                if (groups.add(group) || groups.size() == all) {
                    stretches.add(stretch(group, random));
                }
            }
            return stretches;
        }

        private Stretch stretch(int group, RandomGenerator random) {
            int first = random.nextInt(SceneBank.GROUP);
            int second = (first + random.nextInt(1, SceneBank.GROUP)) % SceneBank.GROUP;
            List<Integer> parts =
                    List.of(group * SceneBank.GROUP + first, group * SceneBank.GROUP + second);
            Yard yard = JoinedYard.of(parts.stream().map(bank::yard).toList());
            int from = random.nextInt(LONGEST - frames + 1);
            return new Stretch(parts, yard, from, from + frames);
        }

        /** Returns the place of each yard's first frame. */
        private int[] lay(
                int history, List<String> called, List<Stretch> stretches, RandomGenerator random) {
            double stride =
                    random.nextDouble() < STRETCHED
                            ? Math.pow(LONGEST_STRIDE, random.nextDouble())
                            : 1;
            long[] named = new long[yards * nameTokens];
            int[] firsts = new int[yards];
            int place = history * places;
            double position = 1;
            for (int yard = 0; yard < yards; yard++) {
                System.arraycopy(
                        coder.name(called.get(yard)), 0, named, yard * nameTokens, nameTokens);
                for (int token = 0; token < nameTokens; token++) {
                    namePlaces[(history * yards + yard) * nameTokens + token] =
                            place - (long) history * places;
                    positions[place++] = (long) position++;
                    events.add(SceneEvents.untold());
                }
                firsts[yard] = place;
                Stretch stretch = stretches.get(yard);
                for (int second = stretch.from(); second < stretch.to(); second++) {
                    positions[place] = (long) position;
                    int[] seen =
                            SceneEvents.of(
                                    stretch.yard(),
                                    second,
                                    positions[place],
                                    second == stretch.from(),
                                    bank.leftOut());
                    events.add(SceneEvents.named(seen, called.get(yard)));
                    tokens.copy(
                            stretch.part(second),
                            second % SceneBank.SECONDS,
                            vectors,
                            place * tokens.width());
                    place++;
                    position = second + 1 < stretch.to() ? position + stride : position + 1;
                }
                addKeyframe(stretch);
            }
            names.add(named);
            starts[history] = (long) position;
            anchors[history] = history;
            return firsts;
        }

        private void addKeyframe(Stretch stretch) {
            int second = stretch.to() - 1;
            pictures.add(bank.picture(stretch.part(second), second % SceneBank.SECONDS));
            states.add(bank.states(stretch.part(second), second % SceneBank.SECONDS));
        }

        /**
         * When the questions' things were first seen, and in which yard: that is to be told where the
         * answers begin, and already where the things are named.
         */
        private TrainingBatch.Moments moments(QuestionLayout layout) {
            List<CodedQuestion> all = questions.stream().flatMap(List::stream).toList();
            long[] named = layout.mentions();
            LongStream begins = LongStream.of(layout.begins());
            LongStream owners = all.stream().mapToLong(Histories::owner);
            LongStream ownersNamed =
                    all.stream()
                            .flatMapToLong(
                                    each ->
                                            each.mentions().stream()
                                                    .mapToLong(mention -> owner(each)));
            long[] untold = new long[named.length];
            Arrays.fill(untold, -1);
            return new TrainingBatch.Moments(
                    named,
                    moments.stream().mapToLong(Long::longValue).toArray(),
                    untold,
                    LongStream.concat(begins, Arrays.stream(named)).toArray(),
                    LongStream.concat(owners, ownersNamed).toArray());
        }

        private static long owner(CodedQuestion question) {
            String name = question.question().answer();
            return name.charAt(name.length() - 1) - '0';
        }

        TrainingBatch batch() {
            float[][] shares = new float[histories][yards];
            for (float[] each : shares) {
                Arrays.fill(each, 1f / yards);
            }
            QuestionLayout layout = QuestionLayout.of(questions);
            TrainingBatch.Questions laid = layout.laid(names, shares);
            int count = yards * nameTokens;
            float[] owners = new float[yards * (1 + count)];
            owners[0] = 1;
            for (int token = 0; token < count; token++) {
                owners[token / nameTokens * (1 + count) + 1 + token] = 1;
            }
            return new TrainingBatch(
                    Variation.none(pictures),
                    states.toArray(int[][]::new),
                    Optional.of(laid),
                    Optional.of(
                            new TrainingBatch.History(
                                    places,
                                    vectors,
                                    there,
                                    positions,
                                    starts,
                                    new float[histories * ASKED * places],
                                    events.toArray(int[][]::new),
                                    anchors,
                                    new TrainingBatch.Names(count, owners, namePlaces),
                                    moments(layout))));
        }
    }
}
