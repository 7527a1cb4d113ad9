package dev.palette.report.analysis;

import dev.palette.report.analysis.TaskErrors.Confusion;
import dev.palette.report.analysis.TaskErrors.Mistake;
import dev.palette.result.TrialRun;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds what the best variants got wrong, in the tables of their runs' folders {@code predictions}. */
public final class ErrorExamples {
    private static final String FOLDER = "predictions";
    private static final String DEV_TABLE = "-dev.tsv";
    private static final int MOST_VARIANTS = 8;
    private static final int MOST_SHOWN = 20;
    private static final int MOST_CLASSES = 12;

    private final ExampleTexts texts;
    private final List<String> problems = new ArrayList<>();

    /**
     * @param texts where the examples themselves are, as far as they are at hand
     */
    public ErrorExamples(ExampleTexts texts) {
        this.texts = texts;
    }

    /** What could not be read, each with its remedy. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The mistakes of the variants that score best, variant by variant, table by table. */
    public List<TaskErrors> of(Variants variants) {
        return IntStream.range(0, variants.list().size())
                .filter(i -> !Double.isNaN(variants.list().get(i).score()))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -variants.list().get(i).score()))
                .limit(MOST_VARIANTS)
                .flatMap(i -> of(i, variants.list().get(i)).stream())
                .toList();
    }

    private List<TaskErrors> of(int variant, VariantRuns runs) {
        Map<String, List<List<PredictedExample>>> byTable = new TreeMap<>();
        for (TrialRun run : runs.runs()) {
            for (Path table : tables(run)) {
                try {
                    List<PredictedExample> examples = PredictedExample.read(table);
                    if (!examples.isEmpty()) {
                        String name = table.getFileName().toString().replace(".tsv", "");
                        byTable.computeIfAbsent(name, unseen -> new ArrayList<>())
                                .add(examples);
                    }
                } catch (PaletteException e) {
                    problems.add(String.valueOf(e.getMessage()));
                }
            }
        }
        List<TaskErrors> errors = new ArrayList<>();
        byTable.forEach((name, seeds) -> errors.add(of(variant, name, seeds, runs)));
        return errors;
    }

    private List<Path> tables(TrialRun run) {
        Path folder = run.files().folder().resolve(FOLDER);
        if (!run.isFinished() || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(DEV_TABLE))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add("cannot list %s: %s".formatted(folder, e));
            return List.of();
        }
    }

    private TaskErrors of(int variant, String name, List<List<PredictedExample>> seeds, VariantRuns runs) {
        Map<Integer, List<PredictedExample>> byIndex = seeds.stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(PredictedExample::index, LinkedHashMap::new, Collectors.toList()));
        boolean scores = seeds.get(0).get(0).isScore();
        List<Mistake> worst = byIndex.values().stream()
                .flatMap(same -> (scores ? distance(same) : mistake(same)).stream())
                .sorted(Comparator.<Mistake>comparingInt(mistake -> scores ? 0 : -mistake.wrong())
                        .thenComparingDouble(mistake -> -mistake.size()))
                .limit(MOST_SHOWN)
                .map(mistake -> withText(mistake, name, runs))
                .toList();
        return new TaskErrors(
                variant, name, seeds.size(), byIndex.size(), scores ? Optional.empty() : confusion(seeds), worst);
    }

    private static Optional<Mistake> mistake(List<PredictedExample> seeds) {
        List<PredictedExample> wrong = seeds.stream()
                .filter(seed -> !seed.predicted().equals(seed.label()))
                .toList();
        Map<String, Long> said = wrong.stream()
                .collect(Collectors.groupingBy(PredictedExample::predicted, TreeMap::new, Collectors.counting()));
        return said.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> new Mistake(
                        seeds.get(0).index(),
                        seeds.get(0).label(),
                        most.getKey(),
                        wrong.size(),
                        wrong.stream()
                                .mapToDouble(PredictedExample::confidence)
                                .average()
                                .orElse(Double.NaN),
                        Optional.empty()));
    }

    private static Optional<Mistake> distance(List<PredictedExample> seeds) {
        try {
            double label = Double.parseDouble(seeds.get(0).label());
            double[] said = seeds.stream()
                    .mapToDouble(seed -> Double.parseDouble(seed.predicted()))
                    .toArray();
            double off = Arrays.stream(said)
                    .map(value -> Math.abs(value - label))
                    .average()
                    .orElse(0);
            String mean = String.format(
                    Locale.ROOT, "%.2f", Arrays.stream(said).average().orElse(0));
            return Optional.of(
                    new Mistake(seeds.get(0).index(), seeds.get(0).label(), mean, said.length, off, Optional.empty()));
        } catch (NumberFormatException e) { // a task of a plug-in's, with one output and labels that are words
            return Optional.empty();
        }
    }

    private static Optional<Confusion> confusion(List<List<PredictedExample>> seeds) {
        TreeSet<String> classes = new TreeSet<>();
        seeds.stream()
                .flatMap(List::stream)
                .forEach(example -> classes.addAll(List.of(example.label(), example.predicted())));
        if (classes.size() > MOST_CLASSES) {
            return Optional.empty();
        }
        List<String> labels = List.copyOf(classes);
        int[][] counts = new int[labels.size()][labels.size()];
        seeds.stream()
                .flatMap(List::stream)
                .forEach(example -> counts[labels.indexOf(example.label())][labels.indexOf(example.predicted())]++);
        return Optional.of(new Confusion(labels, counts));
    }

    private Mistake withText(Mistake mistake, String name, VariantRuns runs) {
        Optional<String> text = texts.of(runs.runs().get(0), name, mistake.index());
        return new Mistake(
                mistake.index(), mistake.label(), mistake.predicted(), mistake.wrong(), mistake.size(), text);
    }
}
