package dev.palette.task.superglue;

import dev.palette.task.DatasetArrays;
import dev.palette.task.DatasetForm;
import dev.palette.text.Vocabulary;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Datasets of candidates. The questions, which only scores and predictions look at, are read from their file when they are wanted.
 *
 * @param layout whose
 * @param judging what judgements come to
 * @param questions reads the file
 */
record CandidateForm(SuperGlueLayout layout, Judging judging, Supplier<List<Question>> questions)
        implements DatasetForm {
    @Override
    public String key() {
        return "candidates of " + layout;
    }

    @Override
    public CandidateDataset dataset(DatasetArrays arrays, Supplier<Vocabulary> vocabulary) {
        return CandidateDataset.of(judging, new Once(questions), arrays);
    }

    /** What was read is kept. */
    private static final class Once implements Supplier<List<Question>> {
        private final Supplier<List<Question>> source;
        private @Nullable List<Question> read;

        Once(Supplier<List<Question>> source) {
            this.source = source;
        }

        @Override
        public synchronized List<Question> get() {
            if (read == null) {
                read = source.get();
            }
            return read;
        }
    }
}
