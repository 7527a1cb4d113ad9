package dev.palette.hub;

import dev.palette.spec.PaletteException;
import java.util.regex.Pattern;

/**
 * What a model is called on the hub: {@code google/electra-small-discriminator}, or {@code gpt2} for the few without an owner.
 *
 * @param name the owner, a slash and the model's own name
 */
public record ModelId(String name) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][\\w.-]*(/[A-Za-z0-9][\\w.-]*)?");
    private static final int LONGEST = 96;

    /** Checks that it can be a name, and so part of a path. */
    public ModelId {
        boolean possible = FORM.matcher(name).matches()
                && name.length() <= LONGEST
                && !name.contains("--")
                && !name.contains("..")
                && !name.endsWith(".git");
        if (!possible) {
            throw new PaletteException(
                    "'%s' is no model of the Hugging Face hub; write owner and name, as in hub('google/electra-small-discriminator')"
                            .formatted(name));
        }
    }

    /** The name of its folder in the cache. */
    String folder() {
        return "models--" + name.replace("/", "--");
    }

    @Override
    public String toString() {
        return name;
    }
}
