package dev.watchword.schemas;

import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * What every generated record extends. Avro makes records and enums, also as defaults of other
 * records, only of classes that the process trusts; this package's are trusted from the moment the
 * first of them is loaded, beside those that were trusted before. A process that replaces Avro's
 * {@link ClassSecurityValidator} later has to trust this package itself.
 */
public abstract class ContractRecord extends SpecificRecordBase {
    static {
        trustThisPackage();
    }

    private static void trustThisPackage() {
        ClassSecurityPredicate trusted = ClassSecurityValidator.getGlobal();
        if (!trusted.isTrusted(ContractRecord.class)) {
            String prefix = ContractRecord.class.getPackageName() + ".";
            ClassSecurityValidator.setGlobal(
                    type -> type.getName().startsWith(prefix) || trusted.isTrusted(type));
        }
    }
}
