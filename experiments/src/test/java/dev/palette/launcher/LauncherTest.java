package dev.palette.launcher;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The real launcher script, in a folder of its own whose build takes no time: a JDK that prints what it was asked to
 * start stands in for Java, and {@code PALETTE_BUILD_COMMAND} for Maven.
 */
@Tag("launcher")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class LauncherTest {

    /** What a build leaves for the launcher, and a line in {@code builds} for each that ran. */
    private static final String BUILD = "echo built >>builds; sleep 0.5; mkdir -p core/target dsl/target;"
            + " touch core/target/palette-core.jar dsl/target/palette-dsl.jar; printf %s \"$PWD/pom.xml\" >dsl/target/class-path";

    /** What the script and the builds below call, without {@code flock}. */
    private static final List<String> TOOLS = List.of(
            "sh",
            "cat",
            "cp",
            "date",
            "dirname",
            "find",
            "head",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "rmdir",
            "sed",
            "seq",
            "sleep",
            "tail",
            "touch");

    /** With flock, or with the folder that stands in for it elsewhere. */
    enum Locking {
        FLOCK,
        FOLDER
    }

    @TempDir
    private Path temp;

    private Path root;
    private Path jdk;

    @BeforeEach
    void aCheckoutAndAJdk() throws IOException {
        root = Files.createDirectories(temp.resolve("a checkout with spaces"));
        Files.copy(checkout().resolve("palette"), root.resolve("palette"), StandardCopyOption.COPY_ATTRIBUTES);
        write(root.resolve("pom.xml"), "<project/>");
        write(root.resolve("core/src/main/java/Core.java"), "class Core {}");
        write(root.resolve("dsl/src/main/java/Dsl.java"), "class Dsl {}");
        jdk = jdk("17");
    }

    @Test
    void theFirstStartBuildsAndHandsOverItsArguments() throws Exception {
        Started started = start(Locking.FLOCK, BUILD, "run", "my script.groovy").await();

        assertThat(started.exit()).isZero();
        assertThat(started.err()).contains("building Palette (first start");
        assertThat(started.out()).endsWith("<dev.palette.cli.Main><run><my script.groovy>\n");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void itWorksFromAnotherFolderThroughARelativeSymbolicLink() throws Exception {
        Path bin = Files.createDirectories(temp.resolve("bin"));
        Path link = Files.createSymbolicLink(bin.resolve("palette"), bin.relativize(root.resolve("palette")));

        Started started = start(link, Locking.FLOCK, BUILD, "words").await();

        assertThat(started.exit()).isZero();
        assertThat(started.out())
                .contains(root.resolve("target/palette").toRealPath().toString());
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aSecondStartDoesNotBuildUnlessASourceChangedOrWentAway() throws Exception {
        start(Locking.FLOCK, BUILD).await();
        assertThat(start(Locking.FLOCK, BUILD).await().err()).isEmpty();
        assertThat(builds()).isEqualTo(1);

        Path source = root.resolve("core/src/main/java/Core.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(1)));
        assertThat(start(Locking.FLOCK, BUILD).await().err()).contains("building Palette ...");
        Files.delete(source);
        Files.setLastModifiedTime(
                source.getParent(), FileTime.from(Instant.now().plusSeconds(1)));
        start(Locking.FLOCK, BUILD).await();
        assertThat(builds()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void fourStartsAtOnceBuildOnce(Locking locking) throws Exception {
        assertFourStartsBuildOnce(locking);
    }

    @Test
    void fourStartsAtOnceTakeOverTheLockOfADeadProcessAndBuildOnce() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        write(root.resolve(".build-lock.d/holder"), dead.pid() + "\n");

        assertFourStartsBuildOnce(Locking.FOLDER);
        assertThat(root.resolve(".build-lock.d")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void aLauncherKilledDuringItsBuildDoesNotBlockTheNext(Locking locking) throws Exception {
        Running killed = start(locking, "echo started >started; sleep 1");
        while (Files.notExists(root.resolve("started"))) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        killed.process().destroyForcibly().waitFor();

        assertThat(start(locking, BUILD).await().exit()).isZero();
        assertThat(builds()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aFailedBuildPrintsTheEndOfItsLogAndTheNextStartBuildsAgain(Locking locking) throws Exception {
        String failing = "echo first line; seq 1 40; echo '[ERROR] Core.java:[3,5] not a statement' >&2; exit 1";

        Started failed = start(locking, failing).await();

        assertThat(failed.exit()).isEqualTo(2);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err())
                .doesNotContain("first line")
                .contains("[ERROR] Core.java:[3,5] not a statement")
                .contains("the whole log is " + root.toRealPath().resolve("target/palette/build.log"));
        assertThat(start(locking, BUILD).await().exit()).isZero();
    }

    @Test
    void aRunningPaletteKeepsItsJarsWhenANewBuildIsPublished() throws Exception {
        String first = start(Locking.FLOCK, BUILD).await().out();
        Files.setLastModifiedTime(
                root.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(1)));
        String second = start(Locking.FLOCK, BUILD).await().out();

        assertThat(coreJar(second)).isNotEqualTo(coreJar(first));
        assertThat(coreJar(first)).exists();
    }

    @Test
    void aMissingOrOldJdkIsSaidSo() throws Exception {
        jdk = jdk("11");
        Started started = start(Locking.FOLDER, BUILD).await();

        assertThat(started.exit()).isEqualTo(2);
        assertThat(started.err()).startsWith("palette: needs a JDK 17 or later").contains(jdk.toString());
        assertThat(root.resolve("builds")).doesNotExist();
    }

    @Test
    void aJdkWhoseReleaseFileSaysItsVersionIsStartedOnlyForPalette() throws Exception {
        writeScript(temp.resolve("jdk-21/bin/java"), "#!/bin/sh\necho started >>\"$0.starts\"\nprintf '<%s>' \"$@\"\n");
        write(temp.resolve("jdk-21/release"), "IMPLEMENTOR=\"N.N.\"\nJAVA_VERSION=\"21.0.2\"\n");
        jdk = Files.createSymbolicLink(temp.resolve("jdk"), temp.resolve("jdk-21"));
        start(Locking.FLOCK, BUILD).await();
        Files.delete(jdk.resolve("bin/java.starts"));

        Started started = start(Locking.FLOCK, BUILD, "words").await();

        assertThat(started.out()).endsWith("<dev.palette.cli.Main><words>");
        assertThat(jdk.resolve("bin/java.starts")).hasContent("started");
    }

    @Test
    void theClassesThatAScriptNeedsAreArchivedWithTheBuild() throws Exception {
        write(jdk.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        Files.writeString(jdk.resolve("bin/java"), """
                #!/bin/sh
                for argument in "$@"; do
                    case $argument in
                    -XX:ArchiveClassesAtExit=*) printf '<%s>' "$@" >"${argument#*=}" ;;
                    -XX:SharedArchiveFile=*) cat "${argument#*=}" ;;
                    esac
                done
                """);

        assertThat(start(Locking.FLOCK, BUILD, "words").await().out())
                .endsWith(
                        "<dev.palette.cli.Main><run><" + root.toRealPath() + "/src/bench/sweep100.groovy><--dry-run>");
        assertThat(checkout().resolve("src/bench/sweep100.groovy")).exists();
    }

    @Test
    void onlyADryRunDoesWithoutTheOptimisingCompiler() throws Exception {
        assertThat(start(Locking.FLOCK, BUILD, "run", "x.groovy", "--dry-run")
                        .await()
                        .out())
                .contains("<-XX:TieredStopAtLevel=1>")
                .endsWith("<dev.palette.cli.Main><run><x.groovy><--dry-run>\n");
        assertThat(start(Locking.FLOCK, BUILD, "run", "x.groovy").await().out())
                .doesNotContain("TieredStopAtLevel")
                .endsWith("<dev.palette.cli.Main><run><x.groovy>\n");
    }

    private void assertFourStartsBuildOnce(Locking locking) throws Exception {
        List<Running> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            running.add(start(locking, BUILD, "start", String.valueOf(i)));
        }
        for (int i = 0; i < 4; i++) {
            Started started = running.get(i).await();
            assertThat(started.exit()).as(started.err()).isZero();
            assertThat(started.out()).endsWith("<start><" + i + ">\n");
        }
        assertThat(builds()).isEqualTo(1);
    }

    private Running start(Locking locking, String build, String... arguments) throws IOException {
        return start(root.resolve("palette"), locking, build, arguments);
    }

    private Running start(Path script, Locking locking, String build, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(temp, "out", ".txt");
        Path err = Files.createTempFile(temp, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(temp.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("PALETTE_BUILD_COMMAND", build);
        if (locking == Locking.FOLDER) {
            builder.environment().put("PATH", toolsWithoutFlock().toString());
        }
        return new Running(builder.start(), out, err);
    }

    /** A folder of scripts that start the tools which the launcher needs; no Java and no flock among them. */
    private Path toolsWithoutFlock() throws IOException {
        Path bin = temp.resolve("tools");
        for (String tool : TOOLS) {
            if (Files.notExists(bin.resolve(tool))) {
                writeScript(bin.resolve(tool), "#!/bin/sh\nexec " + onPath(tool) + " \"$@\"\n");
            }
        }
        return bin;
    }

    private static Path onPath(String tool) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, tool))) {
                return Path.of(folder, tool);
            }
        }
        throw new AssertionError("PATH has no " + tool);
    }

    /** A JDK of a given version whose {@code java} prints its arguments, each in angle brackets. */
    private Path jdk(String version) throws IOException {
        Path home = temp.resolve("jdk-" + version);
        writeScript(
                home.resolve("bin/java"), """
                #!/bin/sh
                if [ "$1" = -XshowSettings:properties ]; then
                    printf '    java.home = %s\\n    java.specification.version = %s\\n' '@home' '@version' >&2
                else
                    printf '<%s>' "$@"
                    echo
                fi
                """.replace("@home", home.toString()).replace("@version", version));
        return home;
    }

    /** The repository itself. */
    private static Path checkout() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("");
    }

    private long builds() throws IOException {
        return Files.readAllLines(root.resolve("builds")).size();
    }

    private static Path coreJar(String out) {
        int end = out.indexOf("/palette-core.jar") + "/palette-core.jar".length();
        return Path.of(out.substring(out.lastIndexOf('<', end) + 1, end));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void writeScript(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.createFile(file, asFileAttribute(fromString("rwxr-xr-x")));
        Files.writeString(file, text);
    }

    private record Started(int exit, String out, String err) {}

    private record Running(Process process, Path out, Path err) {
        Started await() throws Exception {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("the launcher ended")
                    .isTrue();
            return new Started(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        }
    }
}
