package dev.watchword.job.soak;

import java.io.IOException;
import java.util.Arrays;

/** A program in a process that ends, in whatever way its parent ends, together with it. */
public final class Child {
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
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) own);
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
