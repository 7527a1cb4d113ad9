package dev.palette.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.Declaration;
import dev.palette.model.MultiTaskModel;
import dev.palette.model.OriginalNames;
import dev.palette.model.ParameterCounts;
import dev.palette.pretrained.BertConfig;
import dev.palette.task.Head;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How large one architecture is, to be printed.
 *
 * @param label the adapter's
 * @param tasks how many
 * @param counts values by where they are
 * @param tensors parameter tensors
 * @param savedTensors names that they have in the original's {@code state_dict}, where shared tensors have several
 * @param savedValues values under all these names together
 */
record ModelSize(String label, int tasks, ParameterCounts counts, int tensors, int savedTensors, long savedValues) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static ModelSize of(BertConfig encoder, Adapter adapter, Map<String, Head> heads) {
        List<Declaration> all = MultiTaskModel.parameters(encoder, adapter, heads);
        OriginalNames names = new OriginalNames(all, List.copyOf(heads.keySet()), OriginalNames.Model.MULTI_TASK);
        return new ModelSize(
                adapter.label(),
                heads.size(),
                ParameterCounts.of(encoder, adapter, heads),
                all.size(),
                names.all().size(),
                all.stream()
                        .mapToLong(d -> d.size() * names.originals(d.name()).size())
                        .sum());
    }

    String text() {
        return String.format(
                Locale.ROOT,
                """
                %s, %d %s
                  shared by all tasks    %12d
                  adapters               %12d   %d a task
                  heads                  %12d
                  total                  %12d   %.4f × BERT, without heads %.4f
                  trained when frozen    %12d   %d stay as they are
                """,
                label,
                tasks,
                tasks == 1 ? "task" : "tasks",
                counts.encoder(),
                counts.adapters(),
                counts.perTask(),
                counts.heads(),
                counts.total(),
                counts.ratio(),
                counts.ratioWithoutHeads(),
                counts.unfrozen(),
                counts.frozen());
    }

    /** All sizes by the adapters' labels. */
    static String json(List<ModelSize> sizes) {
        ObjectNode all = JSON.createObjectNode();
        sizes.forEach(size -> all.set(size.label, size.json()));
        return all.toPrettyString();
    }

    private ObjectNode json() {
        return JSON.createObjectNode()
                .put("tasks", tasks)
                .put("total", counts.total())
                .put("shared", counts.encoder())
                .put("adapters", counts.adapters())
                .put("adapter_per_task", counts.perTask())
                .put("heads", counts.heads())
                .put("ratio_total", counts.ratio())
                .put("ratio_no_heads", counts.ratioWithoutHeads())
                .put("trainable_freeze", counts.unfrozen())
                .put("frozen", counts.frozen())
                .put("freeze_trainable_shared", counts.unfrozen() - counts.adapters() - counts.heads())
                .put("param_tensors", tensors)
                .put("state_dict_keys", savedTensors)
                .put("state_dict_values", savedValues);
    }
}
