package dev.palette.task.squad;

import dev.palette.spec.PaletteException;
import dev.palette.task.Dataset;
import dev.palette.task.Examples;
import dev.palette.text.Tokenizer;
import dev.palette.text.WordPiece;
import java.nio.file.Path;
import java.util.List;

/**
 * The questions of one split, in the order of their file. Nothing is predicted by looking at no text.
 *
 * @param task how passages are cut and answers searched for
 * @param list the questions; at least one
 * @param remarks what a person should hear of how they were read
 */
record Questions(Squad task, List<Question> list, List<String> remarks) implements Examples {
    /** Copies the lists. */
    Questions {
        list = List.copyOf(list);
        remarks = List.copyOf(remarks);
    }

    /**
     * The questions whose answers are where they say they are: Unicode has ways to break that.
     *
     * @param file where they are from
     * @param all with one answer each
     * @throws PaletteException when there is none
     */
    static Questions toTrain(Squad task, Path file, List<Question> all) {
        List<Question> lost = all.stream().filter(q -> !isFindable(q)).toList();
        if (lost.isEmpty()) {
            return new Questions(task, all, List.of());
        }
        Question first = lost.get(0);
        String example = "question %s's '%s' for one"
                .formatted(first.id(), first.answers().get(0).text());
        if (lost.size() == all.size()) {
            throw new PaletteException(
                    "%s: none of %d answers is where 'answer_start' says, %s; 'answer_start' counts characters of 'context' from 0"
                            .formatted(file, all.size(), example));
        }
        String remark =
                "%d of %d questions left out, as the original does: their answers are not where they say they are in the context, %s"
                        .formatted(lost.size(), all.size(), example);
        return new Questions(task, all.stream().filter(Questions::isFindable).toList(), List.of(remark));
    }

    private static boolean isFindable(Question question) {
        return question.passage().find(question.answers().get(0)).isPresent();
    }

    @Override
    public int size() {
        return list.size();
    }

    @Override
    public List<String> contents() {
        return list.stream()
                .map(question -> question.text()
                        + '\0'
                        + String.join(" ", question.passage().words()))
                .toList();
    }

    /** Every window of every question. */
    @Override
    public Dataset encode(Tokenizer tokenizer, int maxLength) {
        WordPiece wordPiece = wordPiece(tokenizer);
        return dataset(new Windows(task, wordPiece, maxLength).toPredict(list), wordPiece);
    }

    /** The windows with the answer. */
    @Override
    public Dataset encodeToTrain(Tokenizer tokenizer, int maxLength) {
        WordPiece wordPiece = wordPiece(tokenizer);
        return dataset(new Windows(task, wordPiece, maxLength).toTrain(list), wordPiece);
    }

    private SpanDataset dataset(List<Window> windows, WordPiece wordPiece) {
        AnswerKey key = new AnswerKey(task, () -> this, wordPiece::vocabulary);
        return SpanDataset.of(key, WindowArrays.of(windows, list.size(), wordPiece), remarks);
    }

    private static WordPiece wordPiece(Tokenizer tokenizer) {
        return WordPiece.required(tokenizer, "looking for answers in passages");
    }
}
