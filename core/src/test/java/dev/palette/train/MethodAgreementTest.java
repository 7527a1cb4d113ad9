package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.BitFit;
import dev.palette.adapter.Bottleneck;
import dev.palette.adapter.Bottleneck.Form;
import dev.palette.adapter.Compacter;
import dev.palette.adapter.Dora;
import dev.palette.adapter.Fusion;
import dev.palette.adapter.HyperFormer;
import dev.palette.adapter.Ia3;
import dev.palette.adapter.Lora;
import dev.palette.adapter.MtlLora;
import dev.palette.adapter.Polytropon;
import dev.palette.adapter.PrefixTuning;
import dev.palette.adapter.Projection;
import dev.palette.adapter.PromptTuning;
import dev.palette.adapter.Trained;
import dev.palette.kernel.Activation;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Ops;
import dev.palette.kernel.Product;
import dev.palette.model.Dropout;
import dev.palette.model.EncoderOutput;
import dev.palette.model.ModelInput;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.testing.MethodGolden;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hidden states, logits, loss, every gradient and three steps of AdamW are what {@code peft} and {@code adapters} compute. */
class MethodAgreementTest {
    private static final double TOLERANCE = 1e-5;

    static Stream<Arguments> methods() {
        return Stream.of(
                Arguments.of("lora", Lora.of(l -> l.rank(4).alpha(6))),
                Arguments.of("lora-everywhere", Lora.of(l -> l.rank(2).alpha(3).projections(Projection.values()))),
                Arguments.of("rslora", Lora.of(l -> l.rank(4).alpha(6).rankStabilised(true))),
                Arguments.of(
                        "dora",
                        Dora.of(d -> d.rank(4)
                                .alpha(6)
                                .projections(Projection.QUERY, Projection.ATTENTION_OUTPUT, Projection.OUTER))),
                Arguments.of("ia3", new Ia3.Options().build()),
                Arguments.of("bitfit", new BitFit.Options().build()),
                Arguments.of(
                        "houlsby",
                        Bottleneck.of(b -> b.form(Form.HOULSBY).reduction(6).activation(Activation.SWISH))),
                Arguments.of("compacter", Compacter.of(c -> c.reduction(3).rank(2))),
                Arguments.of("prefix", PrefixTuning.of(p -> p.length(3).reparameterisation(5))),
                Arguments.of("prompt", PromptTuning.of(p -> p.length(3))),
                Arguments.of("prompt-network", PromptTuning.of(p -> p.length(3).reparameterisation(5))),
                Arguments.of(
                        "mtl-lora",
                        MtlLora.of(l -> l.rank(3).alpha(6).ups(2).projections(Projection.QUERY, Projection.OUTER))),
                Arguments.of(
                        "polytropon", Polytropon.of(p -> p.skills(3).rank(2).alpha(6))),
                Arguments.of(
                        "hyperformer",
                        HyperFormer.of(h -> h.size(3).embedding(4).inner(5))),
                Arguments.of("fusion", fusion(Bottleneck.of(b -> b.reduction(4)), Bottleneck.of(b -> b.reduction(6)))),
                Arguments.of(
                        "fusion-houlsby",
                        fusion(
                                Bottleneck.of(
                                        b -> b.form(Form.HOULSBY).reduction(4).activation(Activation.SWISH)),
                                Bottleneck.of(
                                        b -> b.form(Form.HOULSBY).reduction(6).activation(Activation.SWISH)))),
                Arguments.of("pfeiffer", Bottleneck.of(b -> b.reduction(4))),
                Arguments.of(
                        "parallel",
                        Bottleneck.of(b -> b.form(Form.PARALLEL).reduction(4).scaling(4))));
    }

    private static Fusion fusion(Bottleneck one, Bottleneck two) {
        return new Fusion(
                List.of(new Trained(one, "one.safetensors", "one"), new Trained(two, "two.safetensors", "two")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methods")
    void whatTheEncoderMakesOfABatchAgrees(String method, Adapter adapter) throws IOException {
        MethodGolden golden = MethodGolden.read(method);
        for (Product product : List.of(Product.MATMUL, Product.CONVOLUTION)) {
            try (Kernel kernel = Kernel.open(new KernelChoice(product, 1))) {
                MultiTaskModel model = model(adapter, golden.parameters(adapter, kernel.memory()));
                ModelInput input = golden.input(kernel.memory());
                EncoderOutput output = model.encode(input, MethodGolden.TASK, kernel.ops());
                agree("hidden states", output.sequence().toFloatArray(), golden.values("sequence_output"));
                agree("logits", logits(model, input, kernel.ops()).toFloatArray(), golden.values("logits"));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methods")
    void theLossAndEveryGradientAgreeWithAndWithoutPadding(String method, Adapter adapter) throws IOException {
        MethodGolden golden = MethodGolden.read(method);
        List<BiFunction<MethodGolden, NDManager, ModelInput>> inputs =
                List.of(MethodGolden::input, MethodGolden::packed);
        for (BiFunction<MethodGolden, NDManager, ModelInput> input : inputs) {
            try (Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1))) {
                ModelParameters parameters = golden.parameters(adapter, kernel.memory());
                MultiTaskModel model = model(adapter, parameters);
                NDArray loss = loss(golden, model, input.apply(golden, kernel.memory()), kernel.ops());
                assertThat((double) loss.getFloat()).isCloseTo(golden.number("loss"), within(TOLERANCE));
                Map<String, NDArray> found = gradients(parameters, model, loss, kernel.ops());
                assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(golden.trained());
                found.forEach(
                        (name, gradient) -> agree(name, gradient.toFloatArray(), golden.values("gradients", name)));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methods")
    void threeStepsLeaveTheSameParameters(String method, Adapter adapter) throws IOException {
        MethodGolden golden = MethodGolden.read(method);
        try (Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1))) {
            ModelParameters parameters = golden.parameters(adapter, kernel.memory());
            MultiTaskModel model = model(adapter, parameters);
            int steps = 3;
            Training plan = new Training.Options()
                    .steps(steps)
                    .optimizer(new Optimizer.AdamW(
                            golden.number("rate"), 0, golden.number("weight_decay"), 1e9, 1e-6, 1, List.of()))
                    .build();
            WeightUpdate update = new WeightUpdate(plan, parameters, kernel.memory());
            for (int step = 0; step < steps; step++) {
                NDArray loss = loss(golden, model, golden.input(kernel.memory()), kernel.ops());
                update.apply(step, gradients(parameters, model, loss, kernel.ops()), kernel.ops());
            }
            for (String name : golden.trained()) {
                if (isSteered(golden.values("gradients", name))) {
                    agree(name, parameters.get(name).toFloatArray(), golden.values("after_three_steps", name));
                }
            }
        }
    }

    /**
     * Whether there is any gradient. A key's bias moves all scores of a query alike, so that it has none: AdamW would make whole steps
     * of what rounding leaves.
     */
    private static boolean isSteered(float[] gradient) {
        for (float value : gradient) {
            if (Math.abs(value) > 1e-12) {
                return true;
            }
        }
        return false;
    }

    private static MultiTaskModel model(Adapter adapter, ModelParameters parameters) {
        return new MultiTaskModel(MethodGolden.CONFIG, adapter, MethodGolden.heads(), parameters);
    }

    private static NDArray logits(MultiTaskModel model, ModelInput input, Ops ops) {
        return model.pass(input, MethodGolden.TASK, Dropout.OFF).logits(ops);
    }

    private static NDArray loss(MethodGolden golden, MultiTaskModel model, ModelInput input, Ops ops) {
        return ops.crossEntropy(logits(model, input, ops), ops.scope().create(golden.labels()));
    }

    private static Map<String, NDArray> gradients(
            ModelParameters parameters, MultiTaskModel model, NDArray loss, Ops ops) {
        List<String> names = parameters.inPlay(MethodGolden.TASK).stream()
                .filter(name -> model.reads(MethodGolden.TASK, name))
                .toList();
        List<NDArray> values =
                ops.gradient(loss, names.stream().map(parameters::get).toList());
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            gradients.put(names.get(i), values.get(i));
        }
        return gradients;
    }

    private static void agree(String what, float[] found, float[] expected) {
        assertThat(found).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[i]).as("%s[%d]", what, i).isCloseTo(expected[i], within(TOLERANCE));
        }
    }
}
