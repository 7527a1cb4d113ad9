package dev.palette.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.Houlsby;
import dev.palette.adapter.Lhuc;
import dev.palette.adapter.LowRank;
import dev.palette.adapter.Pal;
import dev.palette.adapter.ParallelAdapter;
import dev.palette.adapter.Separate;
import dev.palette.adapter.Shared;
import dev.palette.adapter.TopAttention;
import dev.palette.adapter.TopLayer;
import dev.palette.balance.Fixed;
import dev.palette.balance.GradNorm;
import dev.palette.model.Freeze;
import dev.palette.model.ModelPart;
import dev.palette.pretrained.EncoderSource;
import dev.palette.sampler.Annealed;
import dev.palette.sampler.Proportional;
import dev.palette.sampler.RoundRobin;
import dev.palette.sampler.SquareRoot;
import dev.palette.sampler.TaskSampling;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileDigest;
import dev.palette.task.Average;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTask;
import dev.palette.task.Task;
import dev.palette.train.Attendance;
import dev.palette.train.Compatibility;
import dev.palette.train.EvaluationPlan;
import dev.palette.train.Optimizer;
import dev.palette.train.Padding;
import dev.palette.train.ParameterGroup;
import dev.palette.train.Precision;
import dev.palette.train.Recovery;
import dev.palette.train.Selection;
import dev.palette.train.TaskSizing;
import dev.palette.train.Training;
import dev.palette.train.Unfreezing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrialJsonTest {
    private final Vocabulary vocabulary = Vocabulary.installed();
    private final Trial trial = Examples.experiment().trials().get(1);

    @Test
    void aTrialHasOneTextWithSortedKeysAndNoWhiteSpace() {
        assertThat(trial.json()).isEqualTo("""
                {"adapter":{"heads":6,"layers":[],"size":12,"tied":true,"word":"pal"},\
                "encoder":{"name":"bertBase.uncased","word":"released"},\
                "format":5,\
                "layers":0,\
                "sampling":{"from":1.0,"phases":5,"to":0.2,"word":"annealed"},\
                "seed":1,\
                "tasks":[{"directory":"CoLA","layout":"cola","name":"cola","word":"glue.cola"},\
                {"directory":"MRPC","layout":"mrpc","name":"mrpc","word":"glue.mrpc"}],\
                "training":{"accumulate":1,"attendance":{"join":{},"leave":{},"patience":0},"balance":{"word":"equal"},"batchSize":8,"batchesPerStep":1,"cacheFrozen":false,"compatibility":[],\
                "evaluate":{"every":0,"keepBest":"glue","report":true,"selectOn":{"fraction":0.1,"word":"holdout"}},\
                "freeze":{"word":"none"},"lossLimit":0.0,"maxLength":128,"onDivergence":{"word":"stop"},\
                "optimizer":{"clipNorm":1.0,"epsilon":1.0E-6,"groups":[],"layerDecay":1.0,"learningRate":2.0E-5,"warmupFraction":0.1,"weightDecay":0.01,\
                "word":"adamW"},\
                "padding":"packed","precision":"fp32","recompute":false,"steps":50,"unfreeze":{"downTo":0,"embeddings":true,"every":0}}}""");
    }

    @Test
    void readingGivesTheTrialThatWasWritten() {
        assertThat(TrialJson.read(trial.json(), vocabulary)).isEqualTo(trial);
    }

    @Test
    void theIdIsTheHashOfTheText() {
        assertThat(trial.id()).matches("[0-9a-f]{16}");
        assertThat(FileDigest.sha256(trial.json().getBytes(StandardCharsets.UTF_8)))
                .startsWith(trial.id());
    }

    @Test
    void everyTrialOfAnExperimentHasAnIdOfItsOwn() {
        assertThat(Examples.experiment().trials())
                .extracting(Trial::id)
                .doesNotHaveDuplicates()
                .hasSize(4);
    }

    @ParameterizedTest(name = "{0} → {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "word":"pal"            | "word":"pall"         | trial: adapter: unknown adapter 'pall'; did you mean 'pal'? Known:
            "heads":6               | "heads":5             | trial: adapter: pal: size 12 is not a multiple of heads 5
            "heads":6               | "heads":"3"           | trial: adapter.heads: expected a whole number: Cannot coerce String value ("3")
            "heads":6               | "heads":3.5           | trial: adapter.heads: expected a whole number: Cannot coerce Floating-point value (3.5)
            "heads":6               | "heads":null          | trial: adapter.heads: is null, expected a value
            "heads":6,              | ``                    | trial: adapter.heads: is missing
            "heads":6               | "heads":6,"head":3    | trial: adapter.head: unknown member 'head'; did you mean 'heads'?
            "keepBest":"glue"       | "keepBest":"glu"      | trial: training.evaluate.keepBest: unknown value 'glu'; did you mean 'glue'?
            "fraction":0.1          | "fraction":2.0        | trial: training.evaluate.selectOn: holdout is 2.0, expected a fraction
            "word":"adamW"          | "word":"adam"         | trial: training.optimizer: unknown optimizer 'adam'; did you mean 'adamW'?
            ,"word":"annealed"      | ``                    | trial: sampling: expected an object with a member 'word'
            "word":"glue.cola"      | "word":"glue.mrpc"    | trial: tasks.0.word is "glue.mrpc", but its other members make a "glue.cola"
            "layout":"cola"         | "layout":"colla"      | trial: tasks[0].layout: unknown value 'colla'; did you mean 'cola'?
            "steps":50              | "steps":-1            | steps is -1, expected a whole number of at least 0
            "seed":1,               | ``                    | trial: seed: is missing
            "seed":1                | "seed":1,"seed":2     | trial: no valid JSON at line 1, column 226: Duplicate field 'seed'
            "format":5              | "format":1            | trial: format is 1, expected 5: another version of Palette wrote it
            "format":5,             | ``                    | trial: format is missing, expected 5
            """)
    void aWrongMemberIsNamed(String right, String wrong, String message) {
        assertThat(trial.json()).contains(right);
        String json = trial.json().replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong));

        assertThatThrownBy(() -> TrialJson.read(json, vocabulary))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "null"})
    void aTextThatIsNoTrialIsRefused(String json) {
        assertThatThrownBy(() -> TrialJson.read(json, vocabulary, "runs/a/trial.json"))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith("runs/a/trial.json: ");
    }

    @Property(tries = 200)
    void anyTrialSurvivesWritingAndReading(@ForAll("trials") Trial any) {
        assertThat(TrialJson.read(any.json(), vocabulary)).isEqualTo(any);
    }

    @Provide
    Arbitrary<Trial> trials() {
        return Combinators.combine(adapters(), samplings(), tasks(), trainings(), encoders(), Arbitraries.longs())
                .as((adapter, sampling, tasks, training, encoder, seed) ->
                        new Trial(encoder, (int) (seed & 15), tasks, adapter, sampling, training, seed));
    }

    private static Arbitrary<Adapter> adapters() {
        Arbitrary<Integer> sizes = Arbitraries.integers().between(1, 400);
        Arbitrary<ParallelAdapter> parallel = Arbitraries.oneOf(
                Arbitraries.just(new Shared()),
                sizes.map(heads -> new Pal(heads * 3, heads, heads % 2 == 0, List.of(heads % 12))),
                sizes.map(LowRank::new));
        Arbitrary<Adapter> simple = Arbitraries.oneOf(
                parallel,
                parallel.map(Lhuc::new),
                Combinators.combine(sizes, parallel).as(Houlsby::new),
                Arbitraries.of(new Separate(), new TopLayer(), new TopAttention(24, 2, 12)));
        return Arbitraries.oneOf(simple, Combinators.combine(simple, simple).as(Adapter::plus));
    }

    private static Arbitrary<TaskSampling> samplings() {
        Arbitrary<Double> alpha = Arbitraries.doubles().between(0, 1).ofScale(17);
        return Arbitraries.oneOf(
                Arbitraries.of(new RoundRobin(), new Proportional(), new SquareRoot()),
                Combinators.combine(alpha, alpha, Arbitraries.integers().greaterOrEqual(1))
                        .as(Annealed::new));
    }

    private static Arbitrary<List<Task>> tasks() {
        Arbitrary<String> names = Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1);
        Arbitrary<String> directories = Arbitraries.strings()
                .ofMinLength(1)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
        Arbitrary<Task> task = Combinators.combine(Arbitraries.of(GlueLayout.class), names, directories)
                .as(GlueTask::new);
        return task.list().ofMinSize(1).ofMaxSize(3);
    }

    private static Arbitrary<Training> trainings() {
        Arbitrary<Integer> counts = Arbitraries.integers().between(4, Integer.MAX_VALUE);
        Arbitrary<Double> rates = Arbitraries.doubles().between(1e-12, 1).ofScale(20);
        Arbitrary<Optimizer> optimizers = Combinators.combine(rates, rates, Arbitraries.of(true, false))
                .as((a, b, plain) -> plain
                        ? new Optimizer.AdamW(a, b, a, b, a, b, List.of())
                        : new Optimizer.BertAdam(a, b, a, b, a, a, List.of(group(a), group(null))));
        Arbitrary<EvaluationPlan> plans = Combinators.combine(
                        counts,
                        rates.filter(rate -> rate < 1),
                        Arbitraries.of(Average.class),
                        Arbitraries.of(true, false))
                .as((every, share, average, report) -> new EvaluationPlan(
                        every,
                        every % 2 == 0 ? new Selection.Dev() : new Selection.Holdout(share),
                        average,
                        every % 3 == 0 ? every : null,
                        report));
        return Combinators.combine(
                        counts,
                        counts,
                        Arbitraries.of(Precision.class),
                        optimizers,
                        plans,
                        Arbitraries.of(Compatibility.class).set())
                .as((steps, size, precision, optimizer, plan, switches) -> new Training(
                        steps,
                        size,
                        size % 7 == 0 ? TaskSizing.OFFICIAL : null,
                        size % 3 + 1,
                        size % 2 == 0 ? 2 : 1,
                        size,
                        Padding.values()[size % Padding.values().length],
                        precision,
                        size % 3 == 0 ? Freeze.encoder() : chosen(size % 12),
                        new Unfreezing(size, size % 12, size % 2 == 0),
                        size % 5 == 0,
                        steps % 3 == 0,
                        size % 2 == 0 ? new GradNorm(1, 0.1) : new Fixed(Map.of("b", 0.1, "a", 2.0)),
                        new Attendance(Map.of("a", 0.5), Map.of("b", 7.0, "a", 9.0), size % 4),
                        optimizer,
                        size % 2 == 0 ? 0 : 7.5,
                        size % 2 == 0 ? new Recovery.Stop() : new Recovery.GoBack(0.5, size, steps),
                        plan,
                        switches));
    }

    private static ParameterGroup group(@Nullable Double rate) {
        return new ParameterGroup(List.of("adapter.*"), List.of(0, 3), List.of(ModelPart.HEADS), List.of(), rate, 0.5);
    }

    private static Freeze chosen(int layer) {
        return new Freeze.Chosen(List.of("bert.*"), List.of(layer), List.of(ModelPart.values()), List.of("*.bias"));
    }

    private static Arbitrary<EncoderSource> encoders() {
        return Arbitraries.of(
                new EncoderSource.Released("bertBase.uncased"), new EncoderSource.Directory("../tiny \"encoder\" ü"));
    }
}
