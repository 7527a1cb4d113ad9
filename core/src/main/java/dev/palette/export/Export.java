package dev.palette.export;

import dev.palette.experiment.WordFamily;
import dev.palette.spec.Description;

/**
 * Where runs are taken to, as settings describe it: {@code export.<word> = true} switches one on, as does any of its options. A plug-in
 * adds its own by
 *
 * <pre>{@code
 * public final class NeptunePlugin extends Plugin {
 *     protected void configure() {
 *         word(Export.FAMILY, "neptune", Neptune.class, Neptune.Options::new);
 *     }
 * }
 * }</pre>
 */
public interface Export extends Description {
    /** The family of such words; its name begins their settings' keys. */
    WordFamily<Export> FAMILY = new WordFamily<>("export", Export.class);

    /** As messages name it, e.g. {@code MLflow at http://127.0.0.1:5000}. */
    String label();

    /** Something that takes runs there. Nothing is written or reached before its first run begins. */
    Exporter exporter();
}
