package dev.palette.model;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.Declaration;
import dev.palette.pretrained.BertConfig;
import dev.palette.task.Head;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How many values a model has, and where.
 *
 * @param bert one encoder with its pooler, by which sizes are compared
 * @param encoder the encoder that all tasks share; 0 where each has its own
 * @param adapters what is added to it, all tasks together
 * @param perTask what each task has of that for itself
 * @param heads the tasks' heads
 * @param unfrozen those trained when the encoder is frozen ({@link Freeze.Encoder})
 */
public record ParameterCounts(long bert, long encoder, long adapters, long perTask, long heads, long unfrozen) {
    /** Counts without making a tensor. */
    public static ParameterCounts of(BertConfig config, Adapter adapter, Map<String, Head> heads) {
        List<String> tasks = List.copyOf(heads.keySet());
        List<Declaration> all = MultiTaskModel.parameters(config, adapter, heads);
        long encoder = BertParameters.all(adapter, tasks).contains(BertParameters.SHARED)
                ? sum(BertParameters.SHARED.declarations(config), d -> true)
                : 0;
        long ofHeads = sum(all, d -> MultiTaskModel.isHead(d.name()));
        long forOneTask = sum(all, d -> d.task() != null) - ofHeads;
        return new ParameterCounts(
                sum(BertParameters.SHARED.declarations(config), d -> true),
                encoder,
                sum(all, d -> true) - encoder - ofHeads,
                tasks.isEmpty() ? 0 : forOneTask / tasks.size(),
                ofHeads,
                sum(all, d -> !d.isGiven() && Freeze.encoder().trains(d)));
    }

    /** All of them. */
    public long total() {
        return encoder + adapters + heads;
    }

    /** All of them as a multiple of one encoder's: 1.13 for PALs(204) with eight tasks. */
    public double ratio() {
        return (double) total() / bert;
    }

    /** The same without the heads. */
    public double ratioWithoutHeads() {
        return (double) (encoder + adapters) / bert;
    }

    /** Those that stay as they are when the encoder is frozen. */
    public long frozen() {
        return total() - unfrozen;
    }

    private static long sum(List<Declaration> declarations, Predicate<Declaration> counted) {
        return declarations.stream()
                .filter(counted)
                .mapToLong(Declaration::size)
                .sum();
    }
}
