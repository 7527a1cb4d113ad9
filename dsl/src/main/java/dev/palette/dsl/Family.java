package dev.palette.dsl;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.Bottleneck;
import dev.palette.adapter.Initialisation;
import dev.palette.adapter.ParallelAdapter;
import dev.palette.adapter.Projection;
import dev.palette.balance.LossBalancing;
import dev.palette.experiment.EarlyStopping;
import dev.palette.experiment.NamedVariant;
import dev.palette.experiment.TrialOrdering;
import dev.palette.kernel.Activation;
import dev.palette.model.Freeze;
import dev.palette.model.ModelPart;
import dev.palette.pretrained.EncoderSource;
import dev.palette.sampler.TaskSampling;
import dev.palette.task.Average;
import dev.palette.task.PairedMetric;
import dev.palette.task.Task;
import dev.palette.train.Compatibility;
import dev.palette.train.Optimizer;
import dev.palette.train.Padding;
import dev.palette.train.ParameterGroup;
import dev.palette.train.Precision;
import dev.palette.train.Recovery;
import dev.palette.train.Selection;
import dev.palette.train.TaskSizing;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of value that words stand for; a message says which kind an option takes and which it was given. */
enum Family {
    ENCODER("an encoder", EncoderSource.class),
    TASK("a task", Task.class),
    ADAPTER("an adapter", Adapter.class),
    PARALLEL("a parallel adapter", ParallelAdapter.class),
    SAMPLER("a sampler", TaskSampling.class),
    BALANCING("a loss balancing", LossBalancing.class),
    OPTIMIZER("an optimizer", Optimizer.class),
    RECOVERY("a recovery", Recovery.class),
    PRECISION("a precision", Precision.class),
    PADDING("a padding", Padding.class),
    TASK_SIZING("what counts for a task's size", TaskSizing.class),
    FREEZE("a frozen part", Freeze.class),
    PART("a part of the model", ModelPart.class),
    GROUP("a parameter group", ParameterGroup.class),
    SELECTION("a selection", Selection.class),
    AVERAGE("an average", Average.class),
    METRIC("a metric", PairedMetric.class),
    PROJECTION("a projection", Projection.class),
    FORM("a form", Bottleneck.Form.class),
    START("a start", Initialisation.class),
    ACTIVATION("an activation", Activation.class),
    ORDER("an order", TrialOrdering.class),
    STOPPING("a stopping rule", EarlyStopping.class),
    VARIANT("a variant", NamedVariant.class),
    COMPATIBILITY("a compatibility switch", Compatibility.class);

    private final String article;
    private final Class<?> type;

    Family(String article, Class<?> type) {
        this.article = article;
        this.type = type;
    }

    /** {@code an adapter}. */
    String withArticle() {
        return article;
    }

    /** {@code adapters}. */
    String plural() {
        return switch (this) {
            case COMPATIBILITY -> "compatibility switches";
            case RECOVERY -> "recoveries";
            case PART -> "parts of the model";
            default -> article.substring(article.indexOf(' ') + 1) + "s";
        };
    }

    static Optional<Family> ofType(Type type) {
        return Arrays.stream(values()).filter(f -> f.type == type).findFirst();
    }

    /** The family that descriptions of a class belong to. */
    static Optional<Family> ofKind(Class<?> type) {
        return Arrays.stream(values())
                .filter(f -> f.type.isAssignableFrom(type))
                .findFirst();
    }

    static Optional<Family> of(Object value) {
        return Arrays.stream(values()).filter(f -> f.type.isInstance(value)).findFirst();
    }
}
