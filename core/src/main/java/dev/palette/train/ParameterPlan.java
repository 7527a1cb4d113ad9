package dev.palette.train;

import dev.palette.adapter.Declaration;
import dev.palette.balance.LossBalancing;
import dev.palette.model.ParameterPlace;
import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a plan says of each parameter of a model: from which step it is trained, at what learning rate, with what weight decay. All of it
 * follows from the plan, the parameter and the step alone.
 */
final class ParameterPlan {
    private final Training training;
    private final Optimizer optimizer;
    private final List<Declaration> declared;
    private final int layers;

    /**
     * The plan for one model.
     *
     * @param declared every parameter of it
     */
    ParameterPlan(Training training, Collection<Declaration> declared) {
        this.training = training;
        this.optimizer = training.optimizer();
        this.declared = List.copyOf(declared);
        this.layers = ParameterPlace.layers(declared);
    }

    /**
     * Checks that all that the plan names is there, and that every task has something to train from the first step.
     *
     * @throws PaletteException when a name, a layer or a part has no parameter, a group has none left, or nothing is trained
     */
    void requireKnown() {
        training.freeze().requireKnown(declared);
        requireGroups();
        requireTrained();
        if (training.unfreeze().isGradual() && training.unfreeze().downTo() >= layers) {
            throw new PaletteException("train.unfreeze.downTo is %d, but the encoder's %d layers are 0 to %d"
                    .formatted(training.unfreeze().downTo(), layers, layers - 1));
        }
        boolean compares = training.balance().compared() != LossBalancing.Compared.NOTHING;
        if (compares && declared.stream().noneMatch(each -> each.task() == null && training.trainable(each))) {
            throw new PaletteException(
                    "train.balance is %s, which compares the tasks' gradients of what they share, but nothing that is trained is shared; write balance equal(), or train something shared"
                            .formatted(training.balance().word()));
        }
        if (training.cacheFrozen()) {
            requireFrozenStage();
        }
    }

    private void requireGroups() {
        Set<Declaration> left = new LinkedHashSet<>(declared);
        for (int i = 0; i < optimizer.groups().size(); i++) {
            ParameterGroup group = optimizer.groups().get(i);
            String where = "train.optimizer.groups[%d]".formatted(i);
            group.set().requireKnown(where, declared);
            if (!left.removeIf(group.set()::contains)) {
                throw new PaletteException(
                        "%s has no parameter left: those before it have all of its own; leave it out, or put it before them"
                                .formatted(where));
            }
        }
    }

    private void requireTrained() {
        Set<String> tasks = new LinkedHashSet<>();
        declared.forEach(each -> Optional.ofNullable(each.task()).ifPresent(tasks::add));
        for (String task : tasks) {
            if (declared.stream().noneMatch(each -> isOf(task, each) && trains(each, 0))) {
                throw new PaletteException(
                        "train.freeze leaves nothing of task '%s' to train in the first step; leave out its head: except 'head.*'"
                                .formatted(task));
            }
        }
    }

    private static boolean isOf(String task, Declaration declaration) {
        return declaration.task() == null || declaration.task().equals(task);
    }

    private void requireFrozenStage() {
        Optional<Declaration> lowest = declared.stream()
                .filter(each -> ParameterPlace.of(each).pretrained()
                        && ParameterPlace.of(each).layer() == ParameterPlace.BELOW)
                .filter(training::trainable)
                .findFirst();
        lowest.ifPresent(trained -> {
            throw new PaletteException(
                    "train.cacheFrozen is true, but %s is trained%s, so that no layer makes the same of an example for ever; set train.cacheFrozen to false, or freeze { parts part.embeddings }%s"
                            .formatted(
                                    trained.name(),
                                    training.unfreeze().isGradual() ? " in the end" : "",
                                    training.unfreeze().isGradual() ? ", or unfreeze { embeddings false }" : ""));
        });
    }

    /**
     * Whether a parameter is trained in a step.
     *
     * @param step steps done before it
     */
    boolean trains(Declaration declaration, long step) {
        return training.trainable(declaration) && training.unfreeze().opensAt(declaration, layers) <= step;
    }

    /** How often what is trained has changed up to a step: while it stays the same, so do the parameters. */
    long phase(long step) {
        int every = training.unfreeze().every();
        int turns = layers - training.unfreeze().lowest();
        return every == 0 ? 0 : Math.min(step / every, turns);
    }

    /** What begins to be trained with a phase, in words: {@code layer 11 and the pooler}. */
    String opened(long phase) {
        long layer = layers - phase;
        List<String> opened = new ArrayList<>();
        opened.add(layer == ParameterPlace.BELOW ? "the embeddings" : "layer " + layer);
        if (phase == 1) {
            opened.add("the pooler");
        }
        return String.join(" and ", opened);
    }

    /**
     * Learning rate at the top of the schedule: that of the first group that has the parameter, where it gives one; else the optimizer's,
     * which of the encoder's own falls from layer to layer downwards.
     */
    double learningRate(Declaration declaration) {
        Double own = group(declaration).map(ParameterGroup::learningRate).orElse(null);
        if (own != null) {
            return own;
        }
        ParameterPlace place = ParameterPlace.of(declaration);
        boolean inDepth = place.pretrained() && place.layer() != ParameterPlace.NOWHERE;
        return inDepth
                ? optimizer.learningRate() * Math.pow(optimizer.layerDecay(), layers - 1 - place.layer())
                : optimizer.learningRate();
    }

    /** Decoupled weight decay; 0 for what never decays. */
    double weightDecay(Declaration declaration) {
        if (!declaration.isDecayed()) {
            return 0;
        }
        Double own = group(declaration).map(ParameterGroup::weightDecay).orElse(null);
        return own == null ? optimizer.weightDecay() : own;
    }

    private Optional<ParameterGroup> group(Declaration declaration) {
        return optimizer.groups().stream()
                .filter(group -> group.set().contains(declaration))
                .findFirst();
    }
}
