package dev.palette.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.pretrained.BertConfig;
import dev.palette.spec.OptionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What starts from a file does so wherever it stands: alone, in a sum, in common to a group of tasks, in some layers. */
class TrainedTest {
    private static final BertConfig SIZES = new BertConfig(7, 4, 2, 2, 6, 5, 2, 0, 0, 1e-12);
    private static final Lora LORA = Lora.of(l -> l.rank(2).layers(1));

    @Test
    void eachTaskStartsFromItsOwnOrAllFromOnes() {
        assertThat(starts(new Trained(LORA, "f", null), "cola"))
                .containsEntry(
                        "adapter.lora.cola.layer.1.query.down.weight", "adapter.lora.cola.layer.1.query.down.weight")
                .hasSize(4);
        assertThat(starts(new Trained(LORA, "f", "mnli"), "cola", "rte"))
                .containsEntry(
                        "adapter.lora.cola.layer.1.query.down.weight", "adapter.lora.mnli.layer.1.query.down.weight")
                .containsEntry("adapter.lora.rte.layer.1.value.up.weight", "adapter.lora.mnli.layer.1.value.up.weight")
                .hasSize(8);
    }

    @Test
    void whatTasksShareKeepsItsName() {
        assertThat(starts(new Trained(MtlLora.of(l -> l.rank(2)), "f", "mnli"), "cola"))
                .containsEntry("adapter.mtlLora.layer.0.query.down.weight", "adapter.mtlLora.layer.0.query.down.weight")
                .containsEntry("adapter.mtlLora.cola.layer.0.query.turn", "adapter.mtlLora.mnli.layer.0.query.turn");
    }

    @Test
    void inASumTheOthersStartAnew() {
        Adapter sum = LORA.plus(new Trained(LORA, "f", "mnli"))
                .plus(new Common(
                        new Trained(Bottleneck.of(b -> b.reduction(2)), "g", "qqp"), List.of(List.of("cola", "rte"))));
        assertThat(sum.files()).containsExactly("f", "g");
        Map<String, String> starts = starts(sum, "cola", "rte", "sts");
        assertThat(starts)
                .doesNotContainKey("adapter.lora.cola.layer.1.query.down.weight")
                .containsEntry(
                        "adapter.2.lora.cola.layer.1.query.down.weight", "adapter.lora.mnli.layer.1.query.down.weight")
                .containsEntry(
                        "adapter.bottleneck.cola+rte.layer.0.feedForward.up.bias",
                        "adapter.bottleneck.qqp.layer.0.feedForward.up.bias")
                .containsEntry(
                        "adapter.bottleneck.sts.layer.0.feedForward.up.bias",
                        "adapter.bottleneck.qqp.layer.0.feedForward.up.bias");
    }

    @Test
    void whatIsFusedIsSharedByAllTasksAndGiven() {
        Bottleneck lower = Bottleneck.of(b -> b.reduction(2).layers(0));
        Bottleneck all = Bottleneck.of(b -> b.reduction(4));
        Fusion fusion = new Fusion(List.of(new Trained(lower, "f", "mnli"), new Trained(all, "g", "qqp")));
        List<Declaration> declared = fusion.parameters(SIZES, List.of("cola", "rte"));

        assertThat(declared.stream().filter(Declaration::isGiven))
                .hasSize(4 + 8)
                .allMatch(d -> d.task() == null && d.start() instanceof SavedStart);
        assertThat(declared.stream().filter(d -> !d.isGiven()).map(Declaration::task))
                .hasSize(2 * 2 * 4)
                .containsOnly("cola", "rte");
        assertThat(starts(fusion, "cola"))
                .containsEntry(
                        "adapter.fusion.from.1.qqp.layer.1.feedForward.up.bias",
                        "adapter.bottleneck.qqp.layer.1.feedForward.up.bias");
    }

    @Test
    void whatCannotBeFusedIsRefused() {
        Trained mnli = new Trained(Bottleneck.of(b -> {}), "f", "mnli");
        Trained parallel = new Trained(Bottleneck.of(b -> b.form(Bottleneck.Form.PARALLEL)), "g", "qqp");
        Trained houlsby = new Trained(Bottleneck.of(b -> b.form(Bottleneck.Form.HOULSBY)), "g", "qqp");
        for (List<Trained> wrong : List.of(
                List.of(mnli),
                List.of(mnli, parallel),
                List.of(mnli, houlsby),
                List.of(mnli, new Trained(LORA, "g", "qqp")),
                List.of(mnli, new Trained(Bottleneck.of(b -> {}), "g", null)))) {
            assertThatThrownBy(() -> new Fusion(wrong)).isInstanceOf(OptionException.class);
        }
        assertThatThrownBy(() -> Fusion.of(f -> f.of(LORA, LORA)))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("expected trained adapters");
    }

    private static Map<String, String> starts(Adapter adapter, String... tasks) {
        Map<String, String> starts = new TreeMap<>();
        for (Declaration declaration : adapter.parameters(SIZES, List.of(tasks))) {
            Optional.of(declaration.start())
                    .filter(SavedStart.class::isInstance)
                    .map(SavedStart.class::cast)
                    .ifPresent(start -> starts.put(declaration.name(), start.parameter()));
        }
        return starts;
    }
}
