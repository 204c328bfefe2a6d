package dev.watchword.job.exam;

import dev.watchword.memory.FusionPlan;
import dev.watchword.model.FrameHistory;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.text.TextModel;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A stream's frames, and the model that answers from them. */
final class DirectSitting implements Examinee.Sitting {
    private final LlavaMini network;
    private final TextModel text;
    private final FrameStore frames;
    private final UnaryOperator<String> blind;

    /**
     * @param blind answers without frames
     */
    DirectSitting(
            LlavaMini network, TextModel text, FrameStore frames, UnaryOperator<String> blind) {
        this.network = network;
        this.text = text;
        this.frames = frames;
        this.blind = blind;
    }

    @Override
    public void show(int frameCount) {
        frames.show(frameCount);
    }

    @Override
    public List<String> answer(View view, List<String> questions) {
        if (questions.isEmpty()) {
            return List.of();
        }
        if (view == View.BLIND) {
            return questions.stream().map(blind).toList();
        }
        List<String> answers = new ArrayList<>();
        try (TensorScope scope = network.newScope();
                FrameHistory history = history(scope, view)) {
            for (String question : questions) {
                answers.add(history.answer(question, Exam.MOST_TOKENS));
            }
        }
        return answers;
    }

    private FrameHistory history(TensorScope scope, View view) {
        int newest = view == View.LAST_FRAME ? 1 : frames.frames();
        FusionPlan plan = frames.plan(newest);
        float[] weights = new float[plan.weights().size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = plan.weights().get(i).floatValue();
        }
        Tensor tokens = frames.tokens(scope, newest);
        return FrameHistory.of(
                network,
                text,
                frames.features(scope, plan),
                weights,
                view == View.MEAN ? mean(scope, tokens) : tokens);
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

    /** Frees nothing: what is kept of the frames is plain memory. */
    @Override
    public void close() {}
}
