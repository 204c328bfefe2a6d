package dev.watchword.schemas;

import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * What every generated record extends. Avro makes records and enums, also as defaults of other
 * records, only of classes that the process trusts; Watchword's are trusted from the moment the first
 * of them is loaded, beside those that were trusted before. A process that replaces Avro's
 * {@link ClassSecurityValidator} later has to trust them itself.
 */
public abstract class ContractRecord extends SpecificRecordBase {
    static {
        trustWatchword();
    }

    private static void trustWatchword() {
        ClassSecurityPredicate trusted = ClassSecurityValidator.getGlobal();
        if (!trusted.isTrusted(ContractRecord.class)) {
            String prefix = "dev.watchword.";
            ClassSecurityValidator.setGlobal(
                    type -> type.getName().startsWith(prefix) || trusted.isTrusted(type));
        }
    }
}
