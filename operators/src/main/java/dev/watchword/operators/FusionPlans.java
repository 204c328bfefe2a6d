package dev.watchword.operators;

import dev.watchword.engine.EngineModel;
import dev.watchword.memory.FrameWindow;
import dev.watchword.memory.FusionPlan;
import dev.watchword.memory.KeyframePolicy;
import dev.watchword.memory.StreamMemory;
import java.util.List;
import java.util.OptionalLong;

/** Plans with which keyframes of a stream a question is fused, as the engine's model wants it. */
record FusionPlans(StreamMemory memory, KeyframePolicy policy, EngineModel model) {
    /** The plan for frames of the stream that is the current key. */
    FusionPlan of(String stream, FrameWindow window) throws Exception {
        FusionPlan all = memory.plan(stream, window);
        if (model.newestShare() == 0) {
            return anchored(stream, all, all);
        }
        // About now it is a keyframe of the plan, and no other needs to be looked at.
        long newest =
                all.keyframes().contains(window.last())
                        ? window.last()
                        : memory.lookalike(stream, window, model::numbers);
        return anchored(stream, all, all.withShare(newest, model.newestShare()));
    }

    private FusionPlan anchored(String stream, FusionPlan all, FusionPlan plan) {
        return model.anchored() ? plan.withAnchor(policy.anchor(stream, all, plan)) : plan;
    }

    /** That keyframe of a plan with which the text in front of the frames is fused. */
    OptionalLong anchor(String stream, List<Long> keyframes) {
        return model.anchored()
                ? OptionalLong.of(policy.anchor(stream, keyframes))
                : OptionalLong.empty();
    }
}
