package dev.watchword.job.camera;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The frames between a camera and Kafka: those that wait, and how many are under way. Frames leave
 * in the order of their sequences, also when some come back. Thread-safe.
 */
final class OutgoingFrames {

    /**
     * An encoded record.
     *
     * @param sequence the frame's
     * @param value of the record
     */
    record OutgoingFrame(long sequence, byte[] value) {}

    private static final long MOST_WAIT_NANOSECONDS = 1_000_000_000L;

    private final long mostWaitingBytes;

    // INVARIANT: waitingBytes is the sum of the waiting frames' sizes.
    private final TreeMap<Long, OutgoingFrame> waiting = new TreeMap<>();
    private long waitingBytes;
    private int underWay;
    private long dropped;
    private boolean finished;

    /**
     * @param mostWaitingBytes how much may wait; a single frame may be larger
     */
    OutgoingFrames(long mostWaitingBytes) {
        this.mostWaitingBytes = mostWaitingBytes;
    }

    /** Adds a frame, for which the oldest are dropped if there is no room. */
    synchronized void putDroppingOldest(OutgoingFrame frame) {
        while (!hasRoomFor(frame)) {
            remove(waiting.firstEntry());
            dropped++;
        }
        add(frame);
    }

    /** Adds a frame, once there is room. */
    synchronized void putWaiting(OutgoingFrame frame) throws InterruptedException {
        while (!hasRoomFor(frame)) {
            wait();
        }
        add(frame);
    }

    /**
     * Takes the oldest frame; it is then under way.
     *
     * @param mostUnderWay how many may be under way with it
     * @return empty if for a second there is none or too many are under way, or if all is done
     */
    synchronized Optional<OutgoingFrame> take(int mostUnderWay) throws InterruptedException {
        long begin = System.nanoTime();
        while (waiting.isEmpty() || underWay >= mostUnderWay) {
            long left = MOST_WAIT_NANOSECONDS - (System.nanoTime() - begin);
            if (left <= 0 || isDone()) {
                return Optional.empty();
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        OutgoingFrame frame = waiting.firstEntry().getValue();
        remove(waiting.firstEntry());
        underWay++;
        notifyAll();
        return Optional.of(frame);
    }

    /** A frame that was under way has arrived, or never will. */
    synchronized void settle() {
        underWay--;
        notifyAll();
    }

    /** A frame that was under way has not arrived, and waits again. */
    synchronized void giveBack(OutgoingFrame frame) {
        underWay--;
        add(frame);
    }

    /** No frame will be added any more. */
    synchronized void finish() {
        finished = true;
        notifyAll();
    }

    /** Whether no frame will be added any more, and none waits or is under way. */
    synchronized boolean isDone() {
        return finished && isIdle();
    }

    /** Whether no frame waits or is under way. */
    synchronized boolean isIdle() {
        return waiting.isEmpty() && underWay == 0;
    }

    /** How many frames wait or are under way. */
    synchronized int pending() {
        return waiting.size() + underWay;
    }

    /** How many frames were dropped for younger ones. */
    synchronized long dropped() {
        return dropped;
    }

    private boolean hasRoomFor(OutgoingFrame frame) {
        return waiting.isEmpty() || waitingBytes + frame.value().length <= mostWaitingBytes;
    }

    private void add(OutgoingFrame frame) {
        waiting.put(frame.sequence(), frame);
        waitingBytes += frame.value().length;
        notifyAll();
    }

    private void remove(Map.Entry<Long, OutgoingFrame> entry) {
        waiting.remove(entry.getKey());
        waitingBytes -= entry.getValue().value().length;
    }
}
