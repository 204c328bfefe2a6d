package dev.watchword.job.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of the loopback address for servers that are yet to start, or start again. They are below
 * those that systems hand out by themselves, so no connection and no other server gets one by
 * chance before its server listens. Thread-safe.
 */
public final class LoopbackPorts {
    private static final int FIRST = 20_000;

    /** From here on Linux hands out ports by itself; other systems do from higher on. */
    private static final int END = 32_768;

    /** Processes begin at different places, and within one no port is given a second time soon. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(END - FIRST));

    private LoopbackPorts() {}

    /**
     * A port on which nobody listens.
     *
     * @throws IllegalStateException if there is none
     */
    public static int free() {
        for (int tried = 0; tried < END - FIRST; tried++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), END - FIRST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "All ports from %d to %d are taken.".formatted(FIRST, END - 1));
    }

    static boolean isFree(int port) {
        try (ServerSocket socket =
                new ServerSocket(port, 1, InetAddress.getByName(BrokerProperties.HOST))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
