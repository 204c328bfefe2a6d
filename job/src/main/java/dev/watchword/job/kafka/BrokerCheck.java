package dev.watchword.job.kafka;

import dev.watchword.job.retry.Backoff;
import dev.watchword.job.retry.Timekeeper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Waits until a broker answers, and says what it waits for. */
public final class BrokerCheck {

    private static final Backoff BACKOFF =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), 0);
    private static final RandomGenerator NO_CHANCE = () -> 0;
    private static final int CONNECT_TIMEOUT_MILLISECONDS = 3_000;
    private static final int ANSWER_TIMEOUT_MILLISECONDS = 5_000;

    private BrokerCheck() {}

    /**
     * Returns as soon as a broker answers; until then tries again and again.
     *
     * @param timeout no attempt begins later than this; zero: one attempt
     * @param progress told in a sentence about every attempt that failed and is not the last
     * @throws BrokerException if none has answered in time; at once if one refuses the credentials
     *     or the connection's properties are not usable
     */
    public static void waitForBroker(
            KafkaConnection connection,
            Duration timeout,
            Consumer<String> progress,
            Timekeeper timekeeper)
            throws InterruptedException {
        long begin = timekeeper.nanoTime();
        for (int attempt = 1; ; attempt++) {
            Optional<String> failure = failureOfAttempt(connection);
            if (failure.isEmpty()) {
                return;
            }
            Duration wait = BACKOFF.afterAttempt(attempt, NO_CHANCE);
            Duration waited = Duration.ofNanos(timekeeper.nanoTime() - begin);
            if (waited.plus(wait).compareTo(timeout) > 0) {
                throw new BrokerException(
                        "No broker answered at %s (attempts: %d, %s; the last: %s). Is it running, and is this its address?"
                                .formatted(
                                        connection.bootstrap(),
                                        attempt,
                                        Backoff.inWords(waited),
                                        failure.get()));
            }
            progress.accept(
                    "No broker answers at %s (attempt %d): is it running? Trying again in %s."
                            .formatted(connection.bootstrap(), attempt, Backoff.inWords(wait)));
            timekeeper.sleep(wait);
        }
    }

    private static Optional<String> failureOfAttempt(KafkaConnection connection)
            throws InterruptedException {
        // A refused connection is known at once; Kafka's client would hide it until its timeout.
        Optional<String> unreachable = failureToConnect(connection);
        return unreachable.isPresent() ? unreachable : failureToAnswer(connection);
    }

    private static Optional<String> failureToConnect(KafkaConnection connection) {
        String failure = "";
        for (InetSocketAddress address : connection.addresses()) {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(address.getHostString(), address.getPort()),
                        CONNECT_TIMEOUT_MILLISECONDS);
                return Optional.empty();
            } catch (UnknownHostException unknown) {
                failure = "unknown host " + address.getHostString();
            } catch (SocketTimeoutException silent) {
                failure = "no connection within " + CONNECT_TIMEOUT_MILLISECONDS / 1000 + " s";
            } catch (IOException refused) {
                failure = String.valueOf(refused.getMessage());
            }
        }
        return Optional.of(failure);
    }

    private static Optional<String> failureToAnswer(KafkaConnection connection)
            throws InterruptedException {
        Map<String, Object> properties = connection.admin();
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MILLISECONDS);
        properties.put(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MILLISECONDS);
        try (Admin admin = Admin.create(properties)) {
            admin.describeCluster().nodes().get();
            return Optional.empty();
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof AuthenticationException
                    || cause instanceof AuthorizationException) {
                throw new BrokerException(
                        "The broker at %s refuses the credentials: %s"
                                .formatted(connection.bootstrap(), cause.getMessage()),
                        cause);
            }
            return Optional.of("it takes connections but does not answer as a broker does");
        } catch (KafkaException unusable) {
            throw new BrokerException(
                    "The properties for the broker at %s are not usable: %s"
                            .formatted(
                                    connection.bootstrap(), Causes.rootOf(unusable).getMessage()),
                    unusable);
        }
    }
}
