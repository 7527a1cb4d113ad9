package dev.palette.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.AdapterFile;
import dev.palette.adapter.AdapterManifest;
import dev.palette.adapter.Ia3;
import dev.palette.adapter.Lora;
import dev.palette.experiment.StrictJson;
import dev.palette.experiment.Trial;
import dev.palette.experiment.TrialJson;
import dev.palette.experiment.Vocabulary;
import dev.palette.spec.PaletteException;
import dev.palette.task.Task;
import dev.palette.tensor.TensorData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sums of trained adapters (Ilharco et al. 2023; for adapters Zhang et al. 2023): what was learnt is added, taken away or averaged.
 *
 * <p>A LoRA's task vector is the update of the weights, so sums are of the updates s B A, exactly: the sum's rank is that of all together.
 * That of (IA)³ is its scales less 1. What another method computes is no linear function of its parameters; of adapters of one
 * description means are taken, whose weights sum to 1 (Chronopoulou et al. 2023), and nothing else.
 *
 * @see "Ilharco et al. 2023, Editing Models with Task Arithmetic (arXiv:2212.04089)"
 * @see "Zhang et al. 2023, Composing Parameter-Efficient Modules with Arithmetic Operations (arXiv:2306.14870)"
 * @see "Chronopoulou et al. 2023, AdapterSoup: Weight Averaging to Improve Generalization of Pretrained Language Models (arXiv:2302.07027)"
 */
public final class TaskArithmetic {
    private static final double ROUNDING = 1e-9;

    private final List<TaskVector> terms;
    private final String task;
    private final Vocabulary vocabulary;

    private TaskArithmetic(List<TaskVector> terms, String task, Vocabulary vocabulary) {
        this.terms = List.copyOf(terms);
        this.task = task;
        this.vocabulary = vocabulary;
    }

    /**
     * Writes a sum of adapters as one task's.
     *
     * @param terms what is added up; one or more, of one encoder
     * @param task the task that has the sum: one of theirs, whose head goes along, or a new name
     * @param file is created or replaced
     * @param vocabulary the words that the descriptions may use
     * @return what stands beside the tensors
     * @throws PaletteException when they do not go together, or their kind has no such sum
     */
    public static AdapterManifest sum(List<TaskVector> terms, String task, Path file, Vocabulary vocabulary) {
        TaskArithmetic sum = new TaskArithmetic(terms, task, vocabulary);
        sum.requireOneEncoder();
        OneAdapter made = sum.made();
        List<TensorData> tensors = new ArrayList<>(made.tensors());
        tensors.addAll(sum.head());
        AdapterManifest manifest = sum.manifest(made.adapter());
        AdapterFile.write(file, manifest, tensors);
        return manifest;
    }

    /** The same terms with weights that sum to 1. */
    public static List<TaskVector> mean(List<TaskVector> terms) {
        double sum = terms.stream().mapToDouble(TaskVector::weight).sum();
        if (sum == 0) {
            throw new PaletteException("the weights of a mean sum to 0; give weights whose sum is another");
        }
        return terms.stream()
                .map(term -> new TaskVector(term.file(), term.task(), term.weight() / sum))
                .toList();
    }

    private void requireOneEncoder() {
        AdapterFile first = terms.get(0).file();
        for (TaskVector term : terms) {
            term.file()
                    .requireBase(
                            "%s's %s".formatted(first.path(), first.manifest().encoder()),
                            first.manifest().base());
            if (term.file().manifest().layers() != first.manifest().layers()) {
                throw new PaletteException(
                        "%s is for %d of the encoder's layers and %s for %d (0 is all), expected the same; add up adapters of one model"
                                .formatted(
                                        term.file().path(),
                                        term.file().manifest().layers(),
                                        first.path(),
                                        first.manifest().layers()));
            }
        }
    }

    private OneAdapter made() {
        List<Adapter> kinds =
                terms.stream().map(term -> term.adapter(vocabulary)).toList();
        List<Map<String, TensorData>> values =
                terms.stream().map(term -> term.tensors(task)).toList();
        List<Double> weights = terms.stream().map(TaskVector::weight).toList();
        if (kinds.get(0) instanceof Lora && (kinds.size() > 1)) {
            return new LoraSum(kinds.stream().map(this::lora).toList(), weights, values).of(task);
        }
        requireOneKind(kinds);
        Adapter kind = kinds.get(0);
        if (kind instanceof Lora) {
            return new OneAdapter(kind, task, WeightedSum.scaled(values.get(0), ".up.weight", weights.get(0)));
        }
        if (kind instanceof Ia3) {
            return new OneAdapter(kind, task, WeightedSum.around(1, values, weights));
        }
        if (Math.abs(weights.stream().mapToDouble(w -> w).sum() - 1) > ROUNDING) {
            throw new PaletteException(
                    "%s can be averaged, and not added or taken away: what it computes is no linear function of its parameters; LoRA and (IA)³ can"
                            .formatted(kind.label()));
        }
        return new OneAdapter(kind, task, WeightedSum.around(0, values, weights));
    }

    private Lora lora(Adapter kind) {
        if (kind instanceof Lora lora) {
            return lora;
        }
        throw different(terms.get(0).adapter(vocabulary), kind);
    }

    private void requireOneKind(List<Adapter> kinds) {
        for (Adapter kind : kinds) {
            if (!kind.label().equals(kinds.get(0).label())) {
                throw different(kinds.get(0), kind);
            }
        }
    }

    static PaletteException different(Adapter one, Adapter other) {
        return new PaletteException(
                "%s and %s cannot be added up; give adapters of one method at the same places of the encoder"
                        .formatted(one.label(), other.label()));
    }

    /** The task's own head; the mean of them where all terms are the task's and a mean is asked for. */
    private List<TensorData> head() {
        List<TaskVector> own = terms.stream()
                .filter(term -> term.task().equals(task) && term.file().names().contains(OneAdapter.head(task, "bias")))
                .toList();
        if (own.isEmpty()) {
            return List.of();
        }
        boolean mean = own.size() == terms.size()
                && Math.abs(own.stream().mapToDouble(TaskVector::weight).sum() - 1) <= ROUNDING;
        List<TaskVector> taken = mean ? own : own.subList(0, 1);
        return WeightedSum.around(
                0,
                taken.stream().map(term -> head(term.file())).toList(),
                mean ? taken.stream().map(TaskVector::weight).toList() : List.of(1.0));
    }

    private Map<String, TensorData> head(AdapterFile file) {
        String weight = OneAdapter.head(task, "weight");
        String bias = OneAdapter.head(task, "bias");
        return Map.of(weight, file.tensor(weight), bias, file.tensor(bias));
    }

    private AdapterManifest manifest(Adapter adapter) {
        AdapterManifest first = terms.get(0).file().manifest();
        return new AdapterManifest(
                first.encoder(),
                first.base(),
                first.layers(),
                adapter.label(),
                StrictJson.mapper().valueToTree(adapter),
                List.of(task),
                trial(adapter).orElse(null),
                null,
                List.of("the sum of "
                        + String.join(", ", terms.stream().map(TaskVector::text).toList())));
    }

    /** What tells of the task's labels and texts, so that the sum can answer: the trial of the task, with this adapter and no other task. */
    private Optional<JsonNode> trial(Adapter adapter) {
        for (TaskVector term : terms) {
            Optional<JsonNode> trained = term.file().manifest().trained();
            if (trained.isPresent() && term.file().manifest().tasks().contains(task)) {
                Trial whole = TrialJson.read(
                        trained.get().toString(), vocabulary, term.file().path() + ": trial");
                return Optional.ofNullable(alone(whole, adapter));
            }
        }
        return Optional.empty();
    }

    private @Nullable JsonNode alone(Trial whole, Adapter adapter) {
        List<Task> own =
                whole.tasks().stream().filter(each -> each.name().equals(task)).toList();
        Trial alone = new Trial(
                whole.encoder(), whole.layers(), own, adapter, whole.sampling(), whole.training(), whole.seed());
        return own.isEmpty() ? null : SavedAdapters.tree(alone.json());
    }
}
