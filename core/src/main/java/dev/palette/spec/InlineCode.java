package dev.palette.spec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Code that a script defines something by, as a trial keeps it: so it is part of what identifies the trial, and is there wherever the
 * trial goes.
 *
 * @param language that of the source, as its {@link CodeLanguage} is called
 * @param source self-contained: what of the script it uses, functions and the values of variables, is part of it
 * @param hash the SHA-256 of the source in UTF-8, 64 hexadecimal digits
 */
public record InlineCode(String language, String source, String hash) {
    /** Checks that the hash is the source's. */
    public InlineCode {
        if (!hash.equals(sha256(source))) {
            throw new PaletteException(
                    "the hash of inline %s code is %s, that of its source is %s: the source was changed after it was written"
                            .formatted(language, hash, sha256(source)));
        }
    }

    /** The code with its hash. */
    public static InlineCode of(String language, String source) {
        return new InlineCode(language, source, sha256(source));
    }

    /**
     * Makes the code into what it defines.
     *
     * @param type what is wanted
     * @param options values that the code sees under these names
     * @throws PaletteException when no such language is on the class path, or the code does not define a thing of this type
     */
    public <T> T compile(Class<T> type, Map<String, Object> options) {
        for (CodeLanguage known : ServiceLoader.load(CodeLanguage.class, InlineCode.class.getClassLoader())) {
            if (known.name().equals(language)) {
                return known.compile(this, type, options);
            }
        }
        throw new PaletteException(
                "the trial is defined by inline %s code, and no such language is on the class path; add the jar that brings it (for groovy, palette-dsl)"
                        .formatted(language));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
