package dev.palette.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.experiment.ExperimentAxis;
import dev.palette.experiment.StrictJson;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.SmallFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an experiment's folder says of it as a whole, {@code <out>/<experiment>/experiment.json}: what varies over its trials, and the
 * script that described it last. Trials can be told apart without it; it adds the names, and lets a report show the script.
 *
 * @param experiment the experiment's name
 * @param axes what varies, in the script's order
 * @param script the script's file name
 * @param source the script's text
 */
public record ExperimentFile(String experiment, List<ExperimentAxis> axes, String script, String source) {
    private static final String NAME = "experiment.json";

    /** Copies the list. */
    public ExperimentFile {
        axes = List.copyOf(axes);
    }

    /**
     * What lies in an experiment's folder; nothing where no script was run there.
     *
     * @throws PaletteException when the file is damaged
     */
    public static Optional<ExperimentFile> read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            JsonNode tree = StrictJson.mapper().readTree(SmallFile.readText(file));
            List<ExperimentAxis> axes = new ArrayList<>();
            for (JsonNode axis : tree.required("axes")) {
                axes.add(new ExperimentAxis(
                        axis.path("name").textValue(), axis.required("path").asText()));
            }
            return Optional.of(new ExperimentFile(
                    tree.required("experiment").asText(),
                    axes,
                    tree.required("script").asText(),
                    tree.required("source").asText()));
        } catch (JsonProcessingException e) {
            throw StrictJson.explain(file.toString(), e);
        } catch (IOException | IllegalArgumentException e) { // required() says by the latter what is missing
            throw new PaletteException(
                    "%s is damaged: %s; remove it, and run the script again to have it written"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    /** Replaces what lies in an experiment's folder. */
    public void write(Path folder) {
        ObjectNode tree = StrictJson.mapper().createObjectNode().put("experiment", experiment);
        for (ExperimentAxis axis : axes) {
            ObjectNode node = tree.withArray("axes").addObject();
            if (axis.name() != null) {
                node.put("name", axis.name());
            }
            node.put("path", axis.path());
        }
        tree.withArray("axes"); // also where nothing varies
        tree.put("script", script).put("source", source);
        AtomicFile.writeText(folder.resolve(NAME), tree.toPrettyString() + "\n");
    }
}
