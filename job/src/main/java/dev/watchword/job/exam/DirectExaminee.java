package dev.watchword.job.exam;

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

    /** The model stays open. */
    @Override
    public void close() {}
}
