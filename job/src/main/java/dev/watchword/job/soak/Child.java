package dev.watchword.job.soak;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program in a process that ends, in whatever way its parent ends, together with it; and at once
 * if the program fails, whatever threads it leaves behind.
 */
public final class Child {
    private static final Logger LOG = LoggerFactory.getLogger(Child.class);

    private Child() {}

    /**
     * Runs another class's main method.
     *
     * @param arguments the class's name, and the program's own arguments
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread watching = new Thread(Child::endWithParent, "watchword-parent-watch");
        watching.setDaemon(true);
        watching.start();
        String[] own = Arrays.copyOfRange(arguments, 1, arguments.length);
        Method program = Class.forName(arguments[0]).getMethod("main", String[].class);
        try {
            program.invoke(null, (Object) own);
        } catch (InvocationTargetException failed) {
            LOG.error("{} failed.", arguments[0], failed.getCause());
            Runtime.getRuntime().halt(1);
        }
    }

    /** The parent holds the other end of the standard input, and writes nothing to it. */
    private static void endWithParent() {
        try {
            System.in.read();
        } catch (IOException e) {
            // Then the other end is gone too.
        }
        Runtime.getRuntime().halt(1);
    }
}
