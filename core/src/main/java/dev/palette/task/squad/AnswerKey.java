package dev.palette.task.squad;

import dev.palette.text.Vocabulary;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What it takes to make answers of a model's outputs: the questions' texts and a search. Read when first wanted. */
final class AnswerKey {
    private final Squad task;
    private final Supplier<Questions> source;
    private final Supplier<Vocabulary> vocabulary;
    private @Nullable List<Question> questions;
    private @Nullable AnswerSearch search;

    /**
     * A key.
     *
     * @param source gives the questions, as it may be from their file
     * @param vocabulary of the tokenizer
     */
    AnswerKey(Squad task, Supplier<Questions> source, Supplier<Vocabulary> vocabulary) {
        this.task = task;
        this.source = source;
        this.vocabulary = vocabulary;
    }

    synchronized List<Question> questions() {
        if (questions == null) {
            questions = source.get().list();
        }
        return questions;
    }

    synchronized AnswerSearch search() {
        if (search == null) {
            search = new AnswerSearch(task, vocabulary.get());
        }
        return search;
    }
}
