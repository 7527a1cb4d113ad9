package dev.palette.exchange;

import dev.palette.adapter.Projection;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where one of {@code peft}'s tensors stands: {@code base_model.model.bert.encoder.layer.0.attention.self.query.lora_A.weight}.
 *
 * @param layer from 0
 * @param projection the linear map
 * @param part of the adapter: {@code lora_A.weight}
 */
record PeftNames(int layer, Projection projection, String part) {
    private static final String MODEL = "base_model.model.";
    private static final Pattern NAME =
            Pattern.compile("base_model\\.model\\.(?:bert\\.)?encoder\\.layer\\.(\\d{1,4})\\.("
                    + Arrays.stream(Projection.values())
                            .map(projection -> Pattern.quote(projection.path()))
                            .collect(Collectors.joining("|"))
                    + ")\\.(.+)");

    /** Palette's names of an adapter's parts, by {@code peft}'s. */
    private static final Map<String, String> PARTS = Map.of(
            "lora_A.weight", "down.weight",
            "lora_B.weight", "up.weight",
            "lora_magnitude_vector", "magnitude",
            "ia3_l", "scale");

    /** Reads a name, where it is one of a linear map's adapter. */
    static Optional<PeftNames> of(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches() || !PARTS.containsKey(part(matcher.group(3)))) {
            return Optional.empty();
        }
        Projection projection = Arrays.stream(Projection.values())
                .filter(each -> each.path().equals(matcher.group(2)))
                .findFirst()
                .orElseThrow();
        return Optional.of(new PeftNames(Integer.parseInt(matcher.group(1)), projection, part(matcher.group(3))));
    }

    /** Earlier versions wrote a magnitude's {@code .weight}. */
    private static String part(String written) {
        return written.equals("lora_magnitude_vector.weight") ? "lora_magnitude_vector" : written;
    }

    /** The name of a task's head, by {@code weight} or {@code bias}. */
    static String head(String kind) {
        return MODEL + "classifier." + kind;
    }

    /** As {@code peft} writes it for a model with a head. */
    String written() {
        return MODEL + "bert.encoder.layer." + layer + "." + projection.path() + "." + part;
    }

    /** The parameter of a method for a task, as Palette names it. */
    String parameter(String method, String task) {
        return "adapter." + method + "." + task + ".layer." + layer + "." + projection.word() + "." + PARTS.get(part);
    }
}
