package dev.palette;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Scripts and reports know nothing of each other, and neither of the command line that puts them together. */
@AnalyzeClasses(
        packages = {
            "dev.palette.dsl",
            "dev.palette.cli",
            "dev.palette.original",
            "dev.palette.session",
            "dev.palette.report"
        },
        importOptions = DoNotIncludeTests.class)
class PackagesTest {
    @ArchTest
    static final ArchRule SCRIPTS_ONLY_DESCRIBE = noClasses()
            .that()
            .resideInAPackage("dev.palette.dsl")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.palette.cli",
                    "dev.palette.original",
                    "dev.palette.session",
                    "dev.palette.report",
                    "dev.palette.runner",
                    "dev.palette.result");

    @ArchTest
    static final ArchRule REPORTS_ONLY_SHOW = noClasses()
            .that()
            .resideInAPackage("dev.palette.report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.palette.cli", "dev.palette.original", "dev.palette.session", "dev.palette.dsl", "groovy..");

    @ArchTest
    static final ArchRule SESSIONS_SERVE_EVERY_COMMAND = noClasses()
            .that()
            .resideInAPackage("dev.palette.session")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.palette.cli", "dev.palette.original", "dev.palette.dsl", "groovy..");

    @ArchTest
    static final ArchRule THE_ORIGINALS_COMMANDS_ARE_NO_SCRIPTS = noClasses()
            .that()
            .resideInAPackage("dev.palette.original")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.palette.cli", "dev.palette.dsl", "groovy..");
}
