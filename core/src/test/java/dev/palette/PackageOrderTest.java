package dev.palette;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.palette.spec.Word;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds core's packages in their order, so that the code can be read from left to right. */
class PackageOrderTest {

    /** Each package uses only those to its left. */
    private static final List<String> ORDER = List.of(
            "spec",
            "storage",
            "remote",
            "hub",
            "tensor",
            "pretrained",
            "kernel",
            "energy",
            "text",
            "task",
            "download",
            "adapter",
            "model",
            "sampler",
            "balance",
            "train",
            "mpi",
            "experiment",
            "search",
            "result",
            "statistics",
            "table",
            "export",
            "submission",
            "execution",
            "exchange",
            "inference",
            "worker",
            "launch",
            "slurm",
            "runner");

    /** Where the class lies that opens DJL's package-private JNI to the kernels; Java asks for that package's name. */
    private static final String DOOR = "ai.djl.pytorch.jni";

    private static final JavaClasses CORE = new ClassFileImporter()
            .importUrl(Word.class.getProtectionDomain().getCodeSource().getLocation());

    static Stream<Arguments> packagesAndThoseToTheirRight() {
        return IntStream.range(0, ORDER.size() - 1)
                .mapToObj(i -> Arguments.of(ORDER.get(i), ORDER.subList(i + 1, ORDER.size())));
    }

    @ParameterizedTest(name = "{0} uses nothing to its right")
    @MethodSource("packagesAndThoseToTheirRight")
    void aPackageUsesNothingToItsRight(String name, List<String> toItsRight) {
        noClasses()
                .that()
                .resideInAPackage(in(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        toItsRight.stream().map(PackageOrderTest::in).toArray(String[]::new))
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void everyClassLiesInAPackageOfTheOrder() {
        classes()
                .should()
                .resideInAnyPackage(Stream.concat(ORDER.stream().map(PackageOrderTest::in), Stream.of(DOOR))
                        .toArray(String[]::new))
                .check(CORE);
    }

    @Test
    void noPackagesDependOnEachOther() {
        slices().matching("dev.palette.(**)").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void onlyTheKernelsTouchDjlsPyTorchEngine() {
        noClasses()
                .that(not(resideInAnyPackage(in("kernel"), DOOR)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.pytorch..")
                .check(CORE);
    }

    @Test
    void theDoorToDjlsJniKnowsNothingOfPalette() {
        noClasses()
                .that(resideInAPackage(DOOR))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.palette..")
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void nothingKnowsOfGroovy() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("groovy..", "org.apache.groovy..", "org.codehaus.groovy..")
                .check(CORE);
    }

    private static String in(String name) {
        return "dev.palette." + name + "..";
    }
}
