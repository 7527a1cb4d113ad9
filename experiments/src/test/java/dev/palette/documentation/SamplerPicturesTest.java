package dev.palette.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.experiment.Vocabulary;
import dev.palette.sampler.TaskSampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pictures of the samplers' pages are what the samplers draw. Where a change is meant, {@code -Dpalette.pictures=write} draws them
 * anew.
 */
class SamplerPicturesTest {
    @ParameterizedTest
    @MethodSource("samplers")
    void aPictureShowsWhatTheSamplerDraws(String word) throws IOException {
        Path file = Page.SITE.resolve("samplers").resolve(word + ".svg");
        TaskSampling example = SamplerPicture.EXAMPLES.get(word);
        String drawn = SamplerPicture.of(
                example == null
                        ? Vocabulary.installed()
                                .samplings()
                                .get(word)
                                .newBlock()
                                .get()
                                .build()
                        : example);
        if ("write".equals(System.getProperty("palette.pictures"))) {
            Files.writeString(file, drawn);
        }

        assertThat(Files.readString(file)).isEqualTo(drawn);
    }

    private static Set<String> samplers() {
        return Vocabulary.installed().samplings().keySet();
    }
}
