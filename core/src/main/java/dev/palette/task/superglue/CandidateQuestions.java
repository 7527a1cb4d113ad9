package dev.palette.task.superglue;

import dev.palette.task.Dataset;
import dev.palette.task.Examples;
import dev.palette.task.SequenceArrays;
import dev.palette.task.Target;
import dev.palette.task.superglue.Question.Candidate;
import dev.palette.text.Tokenizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The questions of a split, in the order of their file.
 *
 * @param judging what the model's judgements of a question's candidates come to
 * @param list at least one
 */
record CandidateQuestions(Judging judging, List<Question> list) implements Examples {
    /** Copies the list. */
    CandidateQuestions {
        list = List.copyOf(list);
    }

    @Override
    public int size() {
        return list.size();
    }

    private List<Candidate> candidates() {
        return list.stream().flatMap(question -> question.candidates().stream()).toList();
    }

    /** Each candidate as a pair of texts. */
    @Override
    public Dataset encode(Tokenizer tokenizer, int maxLength) {
        List<Candidate> all = candidates();
        SequenceArrays sequences = SequenceArrays.of(
                all.size(),
                i -> tokenizer.features(all.get(i).first(), all.get(i).second(), maxLength),
                tokenizer);
        int[] ends = new int[list.size()];
        int end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += list.get(i).candidates().size();
            ends[i] = end;
        }
        double[] labels = all.stream().mapToDouble(Candidate::label).toArray();
        return CandidateDataset.of(judging, () -> list, ends, labels, sequences);
    }

    /** Of all candidates: 0 for wrong ones, 1 for right ones. */
    @Override
    public Map<String, Long> labelCounts() {
        double[] labels = candidates().stream().mapToDouble(Candidate::label).toArray();
        return new Target.Classification(List.of("0", "1")).counts(labels);
    }

    @Override
    public List<String> contents() {
        return list.stream()
                .map(question -> question.candidates().stream()
                        .map(candidate -> candidate.first() + '\0' + candidate.second())
                        .collect(Collectors.joining("\0")))
                .toList();
    }

    /** How often candidates are wrong and right. */
    @Override
    public Optional<float[]> commonest() {
        float[] counts = new float[2];
        candidates().forEach(candidate -> counts[candidate.label() == 1 ? 1 : 0]++);
        return Optional.of(counts);
    }
}
