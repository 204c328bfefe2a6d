package dev.watchword.operators;

import dev.watchword.schemas.Frame;

/**
 * A frame as its camera sent it.
 *
 * @param origin the record that it came in
 */
public record FrameEvent(Frame frame, RecordOrigin origin) implements StreamEvent {
    @Override
    public String stream() {
        return frame.getStream();
    }
}
