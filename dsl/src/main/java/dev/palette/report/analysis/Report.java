package dev.palette.report.analysis;

import dev.palette.experiment.ExperimentAxis;
import dev.palette.report.analysis.FollowedRuns.Look;
import dev.palette.result.ExperimentFile;
import dev.palette.result.TrialRun;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything that a report says of some runs at one moment.
 *
 * @param title the experiments' names
 * @param look the runs as they were read
 * @param variants the same by variant
 * @param curves learning curves
 * @param draws what each sampling method drew
 * @param pareto variants that no other beats in score and parameters, the smallest first
 * @param importance of the settings
 * @param errors examples that were got wrong
 * @param machines time and devices
 * @param remarks what a reader must know: what is missing, damaged or left out
 */
public record Report(
        String title,
        Look look,
        Variants variants,
        Curves curves,
        List<SamplerDraws> draws,
        List<Integer> pareto,
        Importance importance,
        List<TaskErrors> errors,
        List<MachineUse> machines,
        List<String> remarks) {
    /**
     * Analyses runs.
     *
     * @param texts where the texts of predicted examples are
     */
    public static Report of(Look look, ExampleTexts texts) {
        List<ExperimentAxis> named = look.experiments().values().stream()
                .map(ExperimentFile::axes)
                .flatMap(List::stream)
                .toList();
        Variants variants = Variants.of(look.runs(), named);
        Curves curves = Curves.of(variants, look.metrics());
        ErrorExamples errors = new ErrorExamples(texts);
        List<TaskErrors> mistakes = errors.of(variants);
        List<String> remarks = remarks(look, variants, curves);
        remarks.addAll(errors.problems());
        remarks.addAll(texts.problems());
        return new Report(
                look.runs().stream()
                        .map(TrialRun::experiment)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", ")),
                look,
                variants,
                curves,
                SamplerDraws.of(look.runs(), look.metrics()),
                pareto(variants),
                Importance.of(variants),
                mistakes,
                MachineUse.of(look.runs(), look.metrics()),
                remarks);
    }

    private static List<Integer> pareto(Variants variants) {
        return ParetoFront.of(
                variants.list().stream().mapToDouble(VariantRuns::timesEncoder).toArray(),
                variants.list().stream().mapToDouble(VariantRuns::score).toArray());
    }

    private static List<String> remarks(Look look, Variants variants, Curves curves) {
        List<String> remarks = new ArrayList<>(look.problems());
        long finished = look.runs().stream().filter(TrialRun::isFinished).count();
        if (finished < look.runs().size()) {
            remarks.add("Partial: %d of %d runs are finished; scores are of these alone."
                    .formatted(finished, look.runs().size()));
        }
        long formulas = look.runs().stream().map(TrialRun::keepBest).distinct().count();
        if (formulas > 1) {
            remarks.add(
                    "Runs choose their checkpoints by %d different averages; scores of different averages cannot be compared."
                            .formatted(formulas));
        }
        if (look.runs().stream()
                .flatMap(run -> run.result().stream())
                .anyMatch(result -> result.selectedOnReported())) {
            remarks.add(
                    "Checkpoints of some runs were chosen on the very examples that are reported: expect less on new ones.");
        }
        if (curves.variants() < variants.list().size()) {
            remarks.add(
                    "Learning curves are there for the %d best of %d variants; give fewer runs to see those of others."
                            .formatted(curves.variants(), variants.list().size()));
        }
        look.runs().stream()
                .flatMap(run -> run.result().stream())
                .flatMap(result -> result.remarks().stream())
                .collect(Collectors.groupingBy(remark -> remark, Collectors.counting()))
                .forEach((remark, runs) -> remarks.add("%s (%d runs)".formatted(remark, runs)));
        return remarks;
    }
}
