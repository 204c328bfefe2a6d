package dev.watchword.job;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the parts run one way, and each library is known in one place. */
class ArchitectureTest {
    private static JavaClasses product;

    @BeforeAll
    static void importProduct() {
        product =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.watchword");
    }

    @Test
    void theArrowsRunOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.watchword..")
                .layer("job")
                .definedBy("dev.watchword.job..")
                .layer("operators")
                .definedBy("dev.watchword.operators..")
                .layer("memory")
                .definedBy("dev.watchword.memory..")
                .layer("engine")
                .definedBy("dev.watchword.engine..")
                .layer("model")
                .definedBy("dev.watchword.model..")
                .layer("tensor")
                .definedBy("dev.watchword.tensor..")
                .layer("schemas")
                .definedBy("dev.watchword.schemas..")
                .whereLayer("job")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("operators")
                .mayOnlyBeAccessedByLayers("job")
                .whereLayer("memory")
                .mayOnlyBeAccessedByLayers("operators", "job")
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("operators", "job")
                .whereLayer("model")
                .mayOnlyBeAccessedByLayers("engine", "operators", "job")
                .whereLayer("tensor")
                .mayOnlyBeAccessedByLayers("model", "engine", "job")
                .check(product);
    }

    @Test
    void onlyTheTensorPackageKnowsTheTensorLibrary() {
        noClasses()
                .that(
                        resideInAPackage("dev.watchword..")
                                .and(
                                        describe(
                                                "are neither in tensor nor deal with tokenizers",
                                                ArchitectureTest::mayNotKnowDjl)))
                .should()
                .dependOnClassesThat(resideInAPackage("ai.djl.."))
                .check(product);
    }

    private static boolean mayNotKnowDjl(JavaClass type) {
        return !type.getPackageName().equals("dev.watchword.tensor")
                && !type.getPackageName().equals("dev.watchword.model.text");
    }

    @Test
    void onlyTextKnowsTheTokenizersLibraryAndNothingElseOfIt() {
        noClasses()
                .that()
                .resideInAPackage("dev.watchword.model.text")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("ai.djl..")
                                .and(
                                        describe(
                                                "are no tokenizers",
                                                type ->
                                                        !type.getPackageName()
                                                                .startsWith(
                                                                        "ai.djl.huggingface.tokenizers"))))
                .check(product);
    }

    @Test
    void onlyOperatorsAndJobKnowFlinkAndMemoryOnlyItsState() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.watchword.schemas..",
                        "dev.watchword.tensor..",
                        "dev.watchword.model..",
                        "dev.watchword.engine..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.flink.."))
                .check(product);
        noClasses()
                .that()
                .resideInAPackage("dev.watchword.memory..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.apache.flink..")
                                .and(
                                        describe(
                                                "are no state",
                                                type ->
                                                        !type.getPackageName()
                                                                .equals(
                                                                        "org.apache.flink.api.common.state"))))
                .check(product);
    }

    @Test
    void onlyTheJobKnowsKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.watchword.job..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.kafka..", "kafka.."))
                .check(product);
    }

    @Test
    void noPackagesDependOnEachOtherInACircle() {
        slices().matching("dev.watchword.job.(*)..").should().beFreeOfCycles().check(product);
        slices().matching("dev.watchword.(*)..").should().beFreeOfCycles().check(product);
    }

    @Test
    void nothingPrintsPastTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.watchword.job.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(product);
    }

    @Test
    void loggingGoesThroughSlf4jAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.watchword.job.cli..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.util.logging..", "org.apache.logging.."))
                .check(product);
    }
}
