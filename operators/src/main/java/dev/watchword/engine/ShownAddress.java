package dev.watchword.engine;

import java.util.regex.Pattern;

/** An address as it may be shown in messages, logs and dead letters: without what may be secret. */
public final class ShownAddress {
    private static final String HIDDEN = "(hidden)";

    /** Up to the last @: passwords hold any character, though they should not. */
    private static final Pattern LOGIN =
            Pattern.compile("(?s)^(\\s*[A-Za-z][A-Za-z0-9+.-]*:/*).*@");

    private static final Pattern QUERY = Pattern.compile("(?s)\\?.*");

    /** Cheap cameras have logins in their paths. */
    private static final Pattern ASSIGNED =
            Pattern.compile(
                    "(?i)(user(?:name)?|login|pass(?:word|wd)?|pwd|token|key|secret|auth)=[^&/;?#\\s]*");

    private ShownAddress() {}

    /** Without user and password, without parameters, and without passwords in the path. */
    public static String of(String address) {
        String withoutLogin = LOGIN.matcher(address).replaceAll("$1");
        String withoutQuery = QUERY.matcher(withoutLogin).replaceAll("?" + HIDDEN);
        return ASSIGNED.matcher(withoutQuery).replaceAll("$1=" + HIDDEN);
    }
}
