package dev.watchword.job.exam;

import dev.watchword.engine.AnswerOutcome.CitedFrame;
import dev.watchword.memory.FusionPlan;
import dev.watchword.model.FrameHistory;
import dev.watchword.model.KeyframeFusion;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.Segment;
import dev.watchword.model.text.TextModel;
import dev.watchword.model.text.Turn;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** A stream's frames, and the model that answers from them. */
final class DirectSitting implements Examinee.Sitting {
    private final LlavaMini network;
    private final TextModel text;
    private final String stream;
    private final FrameStore frames;
    private final boolean anchored;
    private final UnaryOperator<String> blind;

    private Optional<FrameHistory> history = Optional.empty();
    private long anchor;

    /**
     * @param anchored whether the text in front of the frames is fused with one of them alone
     * @param blind answers without frames
     */
    DirectSitting(
            LlavaMini network,
            TextModel text,
            String stream,
            FrameStore frames,
            boolean anchored,
            UnaryOperator<String> blind) {
        this.network = network;
        this.text = text;
        this.stream = stream;
        this.frames = frames;
        this.anchored = anchored;
        this.blind = blind;
    }

    @Override
    public void show(int frameCount) throws InterruptedException {
        frames.show(frameCount);
    }

    @Override
    public List<Reply> answer(View view, List<String> questions) {
        if (questions.isEmpty()) {
            return List.of();
        }
        if (view == View.BLIND) {
            return questions.stream()
                    .map(question -> new Reply(blind.apply(question), OptionalLong.empty()))
                    .toList();
        }
        List<Reply> answers = new ArrayList<>();
        FrameHistory history = view == View.HISTORY ? grown() : alone(view);
        try {
            for (String question : questions) {
                answers.add(reply(history, view, question));
            }
        } finally {
            if (view != View.HISTORY) {
                history.close();
            }
        }
        return answers;
    }

    @Override
    public List<Reply> answerWithin(int from, int to, List<String> questions) {
        try (TensorScope scope = network.newScope()) {
            FusionPlan plan = frames.planWithin(from, to);
            KeyframeFusion front =
                    anchored
                            ? frames.fusion(scope, frames.anchorWithin(from, to))
                            : frames.fusion(scope, plan);
            try (FrameHistory within = new FrameHistory(network, text, front)) {
                within.append(frames.tokensWithin(scope, from, to));
                if (anchored) {
                    within.fuseWith(frames.fusion(scope, plan));
                }
                return questions.stream()
                        .map(question -> reply(within, View.HISTORY, question))
                        .toList();
            }
        }
    }

    @Override
    public List<String> answerFollowUps(List<Examinee.FollowUp> questions) {
        FrameHistory whole = grown();
        List<String> answers = new ArrayList<>();
        for (Examinee.FollowUp each : questions) {
            String earlier = whole.answer(each.earlier(), Exam.MOST_TOKENS);
            answers.add(
                    whole.answerFollowing(
                            List.of(new Turn(each.earlier(), earlier)),
                            each.question(),
                            Exam.MOST_TOKENS));
        }
        return answers;
    }

    private static Reply reply(FrameHistory history, View view, String question) {
        if (view != View.HISTORY) {
            return new Reply(history.answer(question, Exam.MOST_TOKENS), OptionalLong.empty());
        }
        FrameHistory.Cited cited = history.answerCiting(question, Exam.MOST_TOKENS);
        OptionalLong heaviest =
                CitedFrame.heaviest(cited.shares(), 1).stream()
                        .mapToLong(CitedFrame::frame)
                        .findFirst();
        return new Reply(cited.text(), heaviest);
    }

    /** The history of all frames; what was read of it before is read on, if it can be. */
    private FrameHistory grown() {
        int count = frames.frames();
        try (TensorScope scope = network.newScope()) {
            if (history.isEmpty() || !anchored || frames.anchor(count) != anchor) {
                close();
                history = Optional.of(new FrameHistory(network, text, front(scope, count)));
                anchor = frames.anchor(count);
            }
            FrameHistory grown = history.get();
            if (grown.frames() < count) {
                grown.append(frames.tokens(scope, count - grown.frames()));
            }
            fuseQuestions(scope, grown, count);
            return grown;
        }
    }

    /** All frames, as one of several histories before a question. */
    Segment segment(TensorScope scope) {
        int count = frames.frames();
        return new Segment(
                stream,
                frames.tokens(scope, count),
                frames.fusion(scope, frames.plan(count)),
                anchored ? Optional.of(front(scope, count)) : Optional.empty());
    }

    /** The last frame by itself, or one token in the place of all. */
    private FrameHistory alone(View view) {
        int newest = view == View.LAST_FRAME ? 1 : frames.frames();
        try (TensorScope scope = network.newScope()) {
            FrameHistory alone = new FrameHistory(network, text, front(scope, newest));
            Tensor tokens = frames.tokens(scope, newest);
            alone.append(view == View.MEAN ? mean(scope, tokens) : tokens);
            fuseQuestions(scope, alone, newest);
            return alone;
        }
    }

    /** Without an anchor questions are fused as the text in front of the frames is already. */
    private void fuseQuestions(TensorScope scope, FrameHistory fused, int newest) {
        if (anchored) {
            fused.fuseWith(frames.fusion(scope, frames.plan(newest)));
        }
    }

    private KeyframeFusion front(TensorScope scope, int newest) {
        return anchored
                ? frames.fusion(scope, frames.anchor(newest))
                : frames.fusion(scope, frames.plan(newest));
    }

    /** The mean over frames: [F, Q, D] to [1, Q, D]. */
    private Tensor mean(TensorScope scope, Tensor tokens) {
        int count = (int) tokens.size(0);
        float[] numbers = tokens.toFloat32().toFloats();
        float[] mean = new float[numbers.length / count];
        for (int place = 0; place < mean.length; place++) {
            double sum = 0;
            for (int frame = 0; frame < count; frame++) {
                sum += numbers[frame * mean.length + place];
            }
            mean[place] = (float) (sum / count);
        }
        return scope.floats(mean, 1, tokens.size(1), tokens.size(2)).cast(network.precision());
    }

    @Override
    public void close() {
        history.ifPresent(FrameHistory::close);
        history = Optional.empty();
    }
}
