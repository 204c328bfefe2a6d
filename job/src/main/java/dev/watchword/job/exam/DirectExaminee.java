package dev.watchword.job.exam;

import java.util.List;
import java.util.function.IntFunction;

/** The model alone as an examinee, who answers from every {@link View}. */
final class DirectExaminee implements Examinee {
    private final DirectModel model;

    DirectExaminee(DirectModel model) {
        this.model = model;
    }

    @Override
    public Sitting sit(String stream, IntFunction<byte[]> pictures) {
        return model.sit(stream, pictures);
    }

    @Override
    public List<String> answerTogether(List<Sitting> sittings, List<String> questions) {
        return model.answerTogether(
                sittings.stream().map(DirectSitting.class::cast).toList(), questions);
    }

    /** The model stays open. */
    @Override
    public void close() {}
}
