package dev.palette.documentation;

import dev.palette.sampler.Dynamic;
import dev.palette.sampler.Only;
import dev.palette.sampler.SquareRoot;
import dev.palette.sampler.Staged;
import dev.palette.sampler.TaskReport;
import dev.palette.sampler.TaskSampler;
import dev.palette.sampler.TaskSampling;
import dev.palette.sampler.TaskSizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a sampler draws from GLUE's eight tasks, from the first step to the last: a band a task, as high as its share. */
final class SamplerPicture {
    private static final List<String> TASKS = List.of("mnli", "qqp", "qnli", "sst", "cola", "sts", "mrpc", "rte");
    private static final TaskSizes SIZES =
            new TaskSizes(TASKS, List.of(392_702L, 363_846L, 104_743L, 67_349L, 8_551L, 5_749L, 3_668L, 2_490L));
    private static final List<String> COLOURS =
            List.of("#1d4ed8", "#0ea5e9", "#0d9488", "#65a30d", "#eab308", "#f97316", "#dc2626", "#a21caf");

    private static final int COLUMNS = 25;
    private static final int STEPS = COLUMNS * 40;
    private static final int DRAWS = 4_000;
    private static final double LEFT = 40;
    private static final double TOP = 14;
    private static final double WIDTH = 330;
    private static final double HEIGHT = 190;

    private SamplerPicture() {}

    static String of(TaskSampling sampling) {
        double[][] shares = shares(sampling.sampler(SIZES, STEPS));
        List<String> lines = new ArrayList<>();
        double[] below = new double[COLUMNS];
        for (int task = TASKS.size() - 1; task >= 0; task--) { // the smallest at the bottom
            lines.add(band(COLOURS.get(task), below, shares[task]));
            lines.add(key(task));
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 450 245" width="450" height="245" role="img">
                  <title>Shares of GLUE’s tasks drawn by %s</title>
                  <style>text { font: 12px sans-serif; fill: #222 } .e { text-anchor: end } .m { text-anchor: middle }</style>
                  <rect width="100%%" height="100%%" fill="#fff"/>
                %s
                  <text class="e" x="34" y="24">1</text>
                  <text class="e" x="34" y="204">0</text>
                  <text x="40" y="222">first step</text>
                  <text class="e" x="370" y="222">last step</text>
                  <text class="m" x="205" y="238">share of each task</text>
                </svg>
                """.formatted(sampling.label(), lines.stream().map(l -> "  " + l).collect(Collectors.joining("\n")));
    }

    /** A script's line for methods that need more than their defaults. */
    static final Map<String, TaskSampling> EXAMPLES = Map.of(
            "dynamic", Dynamic.of(d -> d.singleTask(LearningCurve.REACHED)),
            "only", Only.of(o -> o.tasks("mnli", "qnli", "rte").sampler(new SquareRoot())),
            "staged",
                    Staged.of(s -> s.stages(Only.of(o -> o.tasks("mnli")), new SquareRoot())
                            .at(0.2)));

    /** For each task the part of the draws it has in each column: over the steps of a whole round, with evenly spread numbers. */
    private static double[][] shares(TaskSampler sampler) {
        double[][] shares = new double[TASKS.size()][COLUMNS];
        List<TaskReport> reports = new ArrayList<>();
        for (int column = 0; column < COLUMNS; column++) {
            for (int draw = 0; draw < DRAWS; draw++) {
                long step = (long) column * STEPS / COLUMNS + draw % TASKS.size();
                shares[sampler.draw(step, (draw + 0.5) / DRAWS, reports)][column] += 1.0 / DRAWS;
            }
            reports.add(LearningCurve.report(column, COLUMNS));
        }
        return shares;
    }

    /** A column is flat, since a phase is; {@code below} grows by the band. */
    private static String band(String colour, double[] below, double[] share) {
        StringBuilder up = new StringBuilder();
        StringBuilder back = new StringBuilder();
        for (int i = 0; i < COLUMNS; i++) {
            double above = below[i] + share[i];
            up.append(step(i, above, i == 0 ? "M" : "L")).append(step(i + 1, above, "L"));
            back.insert(0, step(i + 1, below[i], "L") + step(i, below[i], "L"));
            below[i] = above;
        }
        return "<path fill=\"%s\" d=\"%s%sZ\"/>".formatted(colour, up, back);
    }

    private static String step(int column, double height, String how) {
        return String.format(
                Locale.ROOT, "%s%.1f %.1f", how, LEFT + WIDTH * column / COLUMNS, TOP + HEIGHT * (1 - height));
    }

    private static String key(int task) {
        int y = 22 + 22 * task;
        return "<rect x=\"385\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/><text x=\"403\" y=\"%d\">%s</text>"
                .formatted(y, COLOURS.get(task), y + 10, TASKS.get(task));
    }
}
