package dev.palette.adapter;

import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import dev.palette.spec.OptionException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Another method's parameters, which several tasks have in common: all of them, or each group of them, where a task outside every group
 * has its own. {@code common { of lora { rank 8 } }} is one LoRA for all; with {@code + bottleneck()} each task has an adapter
 * of its own besides.
 *
 * @param of the method
 * @param groups names of the tasks that have it in common, group by group; empty, the default, for all tasks
 */
public record Common(Adapter of, List<List<String>> groups) implements Adapter, Wrapping {
    private static final String ALL = "all";

    /** Checks that no task is in two groups. */
    public Common {
        groups = groups.stream().map(List::copyOf).toList();
        Set<String> seen = new HashSet<>();
        for (String task : groups.stream().flatMap(List::stream).toList()) {
            if (!seen.add(task)) {
                throw new OptionException(
                        "groups", "groups has '%s' twice, expected a task in one group at most".formatted(task));
            }
        }
    }

    /** A method in common configured by a block: {@code Common.of(c -> c.of(new Pal(204, 6)).groups("cola, sst2"))}. */
    public static Common of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        String who = groups.isEmpty()
                ? "for all"
                : "by " + groups.stream().map(Common::name).collect(Collectors.joining(", "));
        return of.label() + " " + who;
    }

    @Override
    public boolean sharesEncoder() {
        return of.sharesEncoder();
    }

    @Override
    public List<String> files() {
        return of.files();
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        for (String task : groups.stream().flatMap(List::stream).toList()) {
            if (!tasks.contains(task)) {
                throw new OptionException(
                        "groups", "groups has '%s', but the tasks are %s".formatted(task, String.join(", ", tasks)));
            }
        }
        List<String> owners = tasks.stream().map(this::owner).distinct().toList();
        return of.parameters(encoder, owners).stream()
                .map(d -> d.task() == null || tasks.contains(d.task()) ? d : d.forAllTasks())
                .toList();
    }

    /** By whose name a task's parameters go. */
    private String owner(String task) {
        if (groups.isEmpty()) {
            return ALL;
        }
        return groups.stream()
                .filter(group -> group.contains(task))
                .findFirst()
                .map(Common::name)
                .orElse(task);
    }

    private static String name(List<String> group) {
        return String.join("+", group);
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        return of.inLayer(layer, owner(task), parameters);
    }

    @Override
    public @Nullable Prompt prompt(String task, ParameterSource parameters) {
        return of.prompt(owner(task), parameters);
    }

    @Override
    public @Nullable Sublayer onTop(BertConfig encoder, String task, ParameterSource parameters) {
        return of.onTop(encoder, owner(task), parameters);
    }

    @Override
    public String inPlaceOf(String parameter, String task) {
        return of.inPlaceOf(parameter, owner(task));
    }

    /** Options of {@code common}. */
    public static final class Options implements Block<Common> {
        private @Nullable Adapter of;
        private List<List<String>> groups = List.of();

        /** The method; must be given. */
        public Options of(Adapter value) {
            of = value;
            return this;
        }

        /** Who has it in common, a text a group: {@code groups 'mrpc, qqp', 'mnli, rte, qnli'}; all tasks by default. */
        public Options groups(Collection<String> values) {
            groups = values.stream()
                    .map(group -> Stream.of(group.split(",", -1))
                            .map(String::strip)
                            .filter(task -> !task.isEmpty())
                            .toList())
                    .toList();
            return this;
        }

        /** Who has it in common, a text a group. */
        public Options groups(String... values) {
            return groups(List.of(values));
        }

        @Override
        public Common build() {
            if (of == null) {
                throw new OptionException("of", "of has no value, expected an adapter, e.g. of lora { rank 8 }");
            }
            return new Common(of, groups);
        }
    }
}
