package dev.watchword.integration.rig;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test class a real Kafka broker. All classes share one, which starts with the first and
 * ends with the last; each test uses topics of its own.
 */
public final class KafkaUnderTest implements BeforeAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(KafkaUnderTest.class);

    private TestBroker broker;

    @Override
    public void beforeAll(ExtensionContext context) {
        broker =
                context.getRoot()
                        .getStore(NAMESPACE)
                        .getOrComputeIfAbsent(
                                TestBroker.class, type -> startAndTell(), TestBroker.class);
    }

    private static TestBroker startAndTell() {
        TestBroker started = TestBroker.start();
        System.out.printf(
                "Kafka under test: %s, at %s%n", started.description(), started.bootstrap());
        return started;
    }

    /** The broker's address; from the first {@code beforeAll} on. */
    public String bootstrap() {
        return broker.bootstrap();
    }
}
