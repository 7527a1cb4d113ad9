package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.Houlsby;
import dev.palette.adapter.Pal;
import dev.palette.model.Freeze;
import dev.palette.model.ModelPart;
import dev.palette.model.MultiTaskModel;
import dev.palette.model.ParameterSet;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.PaletteException;
import dev.palette.task.Head;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rates, decay and the step from which each parameter is trained, as the plan says; and what of it fits no parameter is refused. */
class ParameterPlanTest {
    private static final Adapter ADAPTER = new Houlsby(3, new Pal(12, 6));
    private static final List<Declaration> DECLARED =
            declared(new BertConfig(40, 24, 4, 4, 40, 32, 2, 0.1, 0.1, 1e-12));

    private static final String QUERY = "bert.encoder.layer.2.attention.self.query.weight";
    private static final String WORDS = "bert.embeddings.word_embeddings.weight";

    private static List<Declaration> declared(BertConfig config) {
        return MultiTaskModel.parameters(config, ADAPTER, Map.of("cola", new Head.Sequence(2)));
    }

    private static ParameterPlan plan(UnaryOperator<Training.Options> options) {
        return new ParameterPlan(options.apply(new Training.Options()).build(), DECLARED);
    }

    private static UnaryOperator<Training.Options> optimizer(UnaryOperator<Optimizer.AdamWOptions> options) {
        return training -> training.optimizer(
                options.apply(new Optimizer.AdamWOptions().learningRate(1e-4)).build());
    }

    private static Declaration parameter(String name) {
        return DECLARED.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Declaration adapters() {
        return DECLARED.stream()
                .filter(each -> each.name().startsWith("adapter.houlsby.cola.layer.0."))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theRateFallsFromLayerToLayerDownwards() {
        ParameterPlan plan = plan(optimizer(o -> o.layerDecay(0.5)));

        assertThat(Stream.of(
                                "head.cola.weight",
                                "bert.pooler.dense.weight",
                                "bert.encoder.layer.3.output.dense.weight",
                                QUERY,
                                "bert.encoder.layer.0.output.LayerNorm.bias",
                                WORDS)
                        .map(name -> plan.learningRate(parameter(name))))
                .containsExactly(1e-4, 1e-4, 1e-4, 0.5e-4, 0.125e-4, 0.0625e-4);
        assertThat(plan.learningRate(adapters())).isEqualTo(1e-4);
    }

    @Test
    void aGroupsOwnRateIsItsRateInEveryLayerAndTheFirstGroupCounts() {
        ParameterPlan plan = plan(optimizer(o -> o.layerDecay(0.5)
                .weightDecay(0.1)
                .groups(
                        ParameterGroup.of(g -> g.names("*.query.*").learningRate(3e-4)),
                        ParameterGroup.of(g ->
                                g.parts(ModelPart.ATTENTION).learningRate(7e-4).weightDecay(0.2)),
                        ParameterGroup.of(g -> g.layers(1).weightDecay(0)))));

        assertThat(plan.learningRate(parameter(QUERY))).isEqualTo(3e-4);
        assertThat(plan.weightDecay(parameter(QUERY))).isEqualTo(0.1);
        String key = QUERY.replace("query", "key");
        assertThat(plan.learningRate(parameter(key))).isEqualTo(7e-4);
        assertThat(plan.weightDecay(parameter(key))).isEqualTo(0.2);
        assertThat(plan.weightDecay(parameter(key.replace("weight", "bias")))).isZero();
        String dense = "bert.encoder.layer.1.intermediate.dense.weight";
        assertThat(plan.weightDecay(parameter(dense))).isZero();
        assertThat(plan.learningRate(parameter(dense))).isCloseTo(0.25e-4, within(1e-19));
    }

    @Test
    void layersOpenFromAboveAfterTheirSteps() {
        ParameterPlan plan = plan(o -> o.unfreeze(Unfreezing.of(u -> u.every(10))));

        assertThat(plan.trains(parameter("head.cola.weight"), 0)).isTrue();
        assertThat(plan.trains(adapters(), 0)).isTrue();
        assertOpensAt(10, "bert.pooler.dense.weight", plan);
        assertOpensAt(10, "bert.encoder.layer.3.output.dense.weight", plan);
        assertOpensAt(20, QUERY, plan);
        assertOpensAt(40, "bert.encoder.layer.0.attention.self.key.bias", plan);
        assertOpensAt(50, WORDS, plan);
        assertThat(List.of(plan.phase(9), plan.phase(10), plan.phase(49), plan.phase(50), plan.phase(999)))
                .containsExactly(0L, 1L, 4L, 5L, 5L);
        assertThat(List.of(plan.opened(1), plan.opened(2), plan.opened(5)))
                .containsExactly("layer 3 and the pooler", "layer 2", "the embeddings");
    }

    private static void assertOpensAt(long step, String name, ParameterPlan plan) {
        assertThat(plan.trains(parameter(name), step - 1)).as(name).isFalse();
        assertThat(plan.trains(parameter(name), step)).as(name).isTrue();
    }

    @Test
    void whatStaysBelowTheLowestOrIsFrozenNeverOpens() {
        ParameterPlan plan = plan(o -> o.unfreeze(Unfreezing.of(u -> u.every(1).downTo(2)))
                .freeze(new Freeze.Options().parts(ModelPart.POOLER).build()));

        assertThat(DECLARED.stream()
                        .filter(each -> !plan.trains(each, 1_000_000))
                        .map(Declaration::name))
                .allMatch(name -> name.matches("bert\\.(embeddings|pooler|encoder\\.layer\\.[01])\\..*"))
                .contains(WORDS, "bert.pooler.dense.bias", "bert.encoder.layer.1.output.dense.weight");
    }

    @Test
    void partsLayersAndPatternsName() {
        assertThat(named(new ParameterSet(List.of("*.layer.[01].*.dense.bias"), List.of(), List.of(), List.of())))
                .contains("bert.encoder.layer.1.attention.output.dense.bias")
                .noneMatch(name -> name.contains(".layer.2"));
        assertThat(named(parts(ModelPart.PAL_ATTENTION)))
                .hasSize(24)
                .allMatch(name -> name.matches("adapter\\..*\\.pal\\.cola\\..*\\.(query|key|value)\\.(weight|bias)"));
        assertThat(named(parts(ModelPart.HEADS))).containsExactly("head.cola.weight", "head.cola.bias");
        assertThat(named(parts(ModelPart.ENCODER, ModelPart.ADAPTERS, ModelPart.HEADS)))
                .hasSize(DECLARED.size());
        assertThat(named(parts(ModelPart.EMBEDDINGS, ModelPart.ATTENTION, ModelPart.FEED_FORWARD, ModelPart.POOLER)))
                .isEqualTo(named(parts(ModelPart.ENCODER)));
        assertThat(named(new ParameterSet(List.of(), List.of(2), List.of(), List.of("adapter.*", "*.bias"))))
                .hasSize(8)
                .allMatch(name -> name.startsWith("bert.encoder.layer.2.") && name.endsWith(".weight"));
    }

    private static ParameterSet parts(ModelPart... parts) {
        return new ParameterSet(List.of(), List.of(), List.of(parts), List.of());
    }

    private static List<String> named(ParameterSet set) {
        return DECLARED.stream().filter(set::contains).map(Declaration::name).toList();
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                misfit(
                        freeze(f -> f.names("adaptor.*")),
                        "train.freeze: names has 'adaptor.*', which fits no parameter; did you mean 'adapter.*'?"),
                misfit(
                        freeze(f -> f.names("*.LayerNrom.*")),
                        "train.freeze: names has '*.LayerNrom.*', which fits no parameter; did you mean '*.LayerNorm."),
                misfit(
                        freeze(f -> f.names("x")),
                        "fits no parameter; parameters are called, for example, bert.embeddings.word_embeddings.weight, "),
                misfit(
                        freeze(f -> f.layers(1, 4)),
                        "train.freeze: layers has 4, but the encoder's 4 layers are 0 to 3"),
                misfit(
                        freeze(f -> f.names("*")),
                        "train.freeze leaves nothing of task 'cola' to train in the first step"),
                misfit(
                        optimizer(o -> o.groups(
                                ParameterGroup.of(g -> g.names("head.*").learningRate(1)),
                                ParameterGroup.of(g -> g.parts(ModelPart.HEADS).learningRate(1)))),
                        "train.optimizer.groups[1] has no parameter left: those before it have all of its own"),
                misfit(
                        o -> o.unfreeze(Unfreezing.of(u -> u.every(3).downTo(4))),
                        "train.unfreeze.downTo is 4, but the encoder's 4 layers are 0 to 3"),
                misfit(
                        o -> o.unfreeze(Unfreezing.of(u -> u.every(3))).cacheFrozen(true),
                        "train.cacheFrozen is true, but bert.embeddings.word_embeddings.weight is trained in the end"),
                misfit(
                        o -> o.freeze(Freeze.encoder()).cacheFrozen(true),
                        "train.cacheFrozen is true, but bert.embeddings.LayerNorm.weight is trained, so that no layer"));
    }

    private static Arguments misfit(UnaryOperator<Training.Options> options, String message) {
        return Arguments.of(options, message);
    }

    private static UnaryOperator<Training.Options> freeze(UnaryOperator<Freeze.Options> options) {
        return training -> training.freeze(options.apply(new Freeze.Options()).build());
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("misfits")
    void whatFitsNoParameterIsRefused(UnaryOperator<Training.Options> options, String message) {
        assertThatThrownBy(plan(options)::requireKnown)
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatFitsIsNot() {
        plan(o -> o.cacheFrozen(true)
                        .freeze(new Freeze.Options()
                                .parts(ModelPart.EMBEDDINGS)
                                .layers(0)
                                .except("*.layer.0.*LayerNorm*")
                                .build())
                        .unfreeze(Unfreezing.of(u -> u.every(5).downTo(1))))
                .requireKnown();
        plan(o -> o.cacheFrozen(true).freeze(Freeze.pretrained())).requireKnown();
        assertThatThrownBy(() -> new Freeze.Options().names("a[").build()).hasMessageContaining("which is no pattern");
        assertThatThrownBy(() -> new Freeze.Options().except("*.bias").build())
                .hasMessageContaining("it is not said what to freeze");
    }
}
