package dev.palette.model;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.Declaration;
import dev.palette.pretrained.BertConfig;
import dev.palette.task.Head;
import java.util.List;
import java.util.Map;

/**
 * How many values a model has, and where.
 *
 * @param encoder the encoder with its pooler, shared by all tasks
 * @param adapters what the adapter adds, all tasks together
 * @param heads the tasks' heads
 */
public record ParameterCounts(long encoder, long adapters, long heads) {
    /** Counts without making a tensor. */
    public static ParameterCounts of(BertConfig config, Adapter adapter, Map<String, Head> heads) {
        long encoder = sum(BertParameters.of(config));
        long adapters = sum(adapter.parameters(config, List.copyOf(heads.keySet())));
        long all = sum(MultiTaskModel.parameters(config, adapter, heads));
        return new ParameterCounts(encoder, adapters, all - encoder - adapters);
    }

    /** All of them. */
    public long total() {
        return encoder + adapters + heads;
    }

    /** All of them as a multiple of the encoder's: 1.13 for PALs(204) with eight tasks. */
    public double ratio() {
        return (double) total() / encoder;
    }

    private static long sum(List<Declaration> declarations) {
        return declarations.stream().mapToLong(Declaration::size).sum();
    }
}
