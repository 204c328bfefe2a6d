package dev.watchword.integration.rig;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** Reads all that any logger says from DEBUG on, while it is open, and keeps what tells a secret. */
public final class LeakWatch extends AbstractAppender implements AutoCloseable {
    private final List<String> secrets;
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
    private final AtomicLong read = new AtomicLong();
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final LoggerConfig root = context.getConfiguration().getRootLogger();
    private final Level before = root.getLevel();

    private LeakWatch(List<String> secrets) {
        super("leak-watch", null, null, false, Property.EMPTY_ARRAY);
        this.secrets = List.copyOf(secrets);
    }

    /** Begins to read. */
    public static LeakWatch open(List<String> secrets) {
        LeakWatch watch = new LeakWatch(secrets);
        watch.start();
        watch.root.addAppender(watch, Level.DEBUG, null);
        watch.root.setLevel(Level.DEBUG);
        watch.context.updateLoggers();
        return watch;
    }

    @Override
    public void append(LogEvent event) {
        read.incrementAndGet();
        StringWriter text = new StringWriter();
        text.append(event.getLoggerName()).append(": ");
        text.append(event.getMessage().getFormattedMessage());
        if (event.getThrown() != null) {
            event.getThrown().printStackTrace(new PrintWriter(text));
        }
        String said = text.toString();
        if (secrets.stream().anyMatch(said::contains)) {
            leaks.add(said);
        }
    }

    /** What told a secret. */
    public List<String> leaks() {
        return List.copyOf(leaks);
    }

    /** How much was said. */
    public long read() {
        return read.get();
    }

    @Override
    public void close() {
        root.removeAppender(getName());
        root.setLevel(before);
        context.updateLoggers();
        stop();
    }
}
