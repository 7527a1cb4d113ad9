package dev.palette.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.remote.DownloadProgress;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The resolver against a mirror of Maven Central that is a folder, named in a {@code settings.xml}. */
class MavenArtifactsTest {
    private static final String COORDINATES = "dev.palette.test:tiny:1.0";

    @TempDir
    Path home;

    private Path published;

    @BeforeEach
    void publish() throws Exception {
        published = Files.createDirectories(home.resolve("mirror/dev/palette/test/tiny/1.0"))
                .resolve("tiny-1.0.jar");
        Files.writeString(published, "content");
        byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(Files.readAllBytes(published));
        Files.writeString(
                published.resolveSibling("tiny-1.0.jar.sha1"), HexFormat.of().formatHex(sha1));
        settings(home.resolve("mirror").toUri().toString(), "");
    }

    @Test
    void anArtifactComesFromTheMirrorOfTheSettingsAndStaysInTheLocalRepository() throws IOException {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());

        Path file = fetch((name, bytes, total) -> heard.add(name + " " + bytes + "/" + total));

        assertThat(file)
                .isEqualTo(home.resolve(".m2/repository/dev/palette/test/tiny/1.0/tiny-1.0.jar"))
                .hasContent("content");
        assertThat(heard).contains("tiny-1.0.jar 7/7");
        Files.delete(published);
        assertThat(fetch(DownloadProgress.SILENT)).isEqualTo(file);
    }

    @Test
    void theLocalRepositoryOfTheSettingsIsUsed() throws IOException {
        settings(
                home.resolve("mirror").toUri().toString(),
                "<localRepository>" + home.resolve("mine") + "</localRepository>");
        assertThat(fetch(DownloadProgress.SILENT)).startsWith(home.resolve("mine"));
    }

    @Test
    void aDownloadWithAWrongChecksumIsRefused() throws IOException {
        Files.writeString(published, "c0ntent");
        refused("the download of " + COORDINATES + " is damaged");
        assertThat(home.resolve(".m2/repository/dev/palette/test/tiny/1.0/tiny-1.0.jar"))
                .doesNotExist();
    }

    @Test
    void aDownloadWithoutAChecksumIsRefused() throws IOException {
        Files.delete(published.resolveSibling("tiny-1.0.jar.sha1"));
        refused("the download of " + COORDINATES + " is damaged");
    }

    @Test
    void aRepositoryThatCannotBeReachedSaysWhatToDo() throws IOException {
        settings("http://127.0.0.1:1/maven2", "");
        refused(
                "cannot fetch " + COORDINATES,
                "connect to the internet",
                home.resolve(".m2/settings.xml").toString());
    }

    @Test
    void offlineSettingsSayWhatToDo() throws IOException {
        settings(home.resolve("mirror").toUri().toString(), "<offline>true</offline>");
        refused("cannot fetch " + COORDINATES, "offline", "copy the artifact's folder into");
    }

    @Test
    void anArtifactThatTheRepositoryLacksIsNamedEachTime() throws IOException {
        Path away = home.resolve("away");
        Files.move(published, away);
        refused("cannot fetch " + COORDINATES, "Could not find artifact");
        Files.move(away, published);
        assertThat(fetch(DownloadProgress.SILENT)).hasContent("content"); // an earlier failure isn't remembered
    }

    @Test
    void settingsThatAreNoXmlAreNamed() throws IOException {
        Files.writeString(home.resolve(".m2/settings.xml"), "<settings");
        refused(
                "Maven's settings cannot be read",
                home.resolve(".m2/settings.xml").toString());
    }

    private Path fetch(DownloadProgress progress) {
        return new MavenArtifacts(home, null).fetch(COORDINATES, progress);
    }

    private void refused(String... findings) {
        assertThatThrownBy(() -> fetch(DownloadProgress.SILENT))
                .isInstanceOf(PaletteException.class)
                .hasMessageContainingAll(findings);
    }

    private void settings(String mirror, String more) throws IOException {
        String text =
                ("<settings>%s<mirrors><mirror><id>here</id><mirrorOf>*</mirrorOf><url>%s</url></mirror></mirrors>"
                                + "</settings>")
                        .formatted(more, mirror);
        Files.writeString(Files.createDirectories(home.resolve(".m2")).resolve("settings.xml"), text);
    }
}
