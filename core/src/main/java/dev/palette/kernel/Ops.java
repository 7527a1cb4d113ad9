package dev.palette.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptModule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The named operations that models are written in. Hidden states are (N, H): a row for each word piece of a batch, a column for each
 * of H hidden units; a {@link Layout} says which rows are a sequence. Results belong to the memory scope this object is bound to; see {@link #scoped}.
 *
 * <p>A recording {@code Ops} lets autograd remember what it computes; {@link #withoutGradient()} does not. Dropout rates are
 * arguments, 0 outside training.
 */
public final class Ops {
    private static final Object GENERATOR = new Object();

    private final ScriptModule module;
    private final PtNDManager scope;
    private final boolean recording;

    Ops(ScriptModule module, NDManager scope, boolean recording) {
        this.module = module;
        this.scope = (PtNDManager) scope;
        this.recording = recording;
    }

    /** The memory scope that results belong to. */
    public NDManager scope() {
        return scope;
    }

    /** Where the operations run. */
    public Device device() {
        return Device.of(scope.getDevice());
    }

    /** The same operations with results in another scope. */
    public Ops in(NDManager other) {
        return new Ops(module, other, recording);
    }

    /** The same operations, not recorded by autograd: for evaluation. */
    public Ops withoutGradient() {
        return new Ops(module, scope, false);
    }

    /**
     * Runs a computation in a scope of its own and keeps its result alone: intermediate tensors are freed at once (those that
     * autograd needs live on in its graph).
     */
    public NDArray scoped(Function<Ops, NDArray> computation) {
        try (NDManager inner = scope.newSubManager()) {
            NDArray result = computation.apply(in(inner));
            result.attach(scope);
            return result;
        }
    }

    /**
     * Sums of word, segment and position embeddings, of which there are; where there is one kind of segment, all pieces are of it.
     *
     * @param ids (N) word pieces
     * @param types (N) segment of each
     * @param places (N) position of each in its sequence, from 0
     * @return (N, H)
     */
    public NDArray embed(NDArray ids, NDArray types, NDArray places, Embedding e) {
        NDArray positions = e.positions();
        NDArray segments = e.segments();
        if (positions == null) {
            NDArray pieces = call("embed_words", ids, e.words());
            return segments == null ? pieces : add(pieces, call("embed_words", types, segments));
        }
        if (segments == null) {
            return call("embed_places", ids, places, e.words(), positions);
        }
        return segments.getShape().get(0) == 1
                ? call("embed_alike", ids, places, e.words(), positions, segments)
                : call("embed", ids, types, places, e.words(), positions, segments);
    }

    /** Layer norm over the last axis. */
    public NDArray norm(NDArray x, LayerNorm n) {
        NDArray shift = n.shift();
        return shift == null
                ? call("layer_norm_unshifted", x, n.scale(), n.epsilon())
                : call("layer_norm", x, n.scale(), shift, n.epsilon());
    }

    /** Layer norm of x + residual: the end of every sublayer. */
    public NDArray addNorm(NDArray x, NDArray residual, LayerNorm n) {
        NDArray shift = n.shift();
        return shift == null ? norm(add(x, residual), n) : call("add_norm", x, residual, n.scale(), shift, n.epsilon());
    }

    /** a + b. */
    public NDArray add(NDArray a, NDArray b) {
        return call("add", a, b);
    }

    /** a ⊙ b; a vector (H) stands for a row of each of the others. */
    public NDArray multiply(NDArray a, NDArray b) {
        return call("multiply", a, b);
    }

    /** x with each value multiplied by a number. */
    public NDArray scale(NDArray x, double factor) {
        return call("scale", x, factor);
    }

    /** 1 / (1 + e⁻ˣ). */
    public NDArray sigmoid(NDArray x) {
        return call("sigmoid", x);
    }

    /** x where it is positive, and 0 (Nair &amp; Hinton 2010). */
    public NDArray relu(NDArray x) {
        return call("relu", x);
    }

    /** x Wᵀ + b: (…, I) → (…, O). */
    public NDArray linear(NDArray x, Linear l) {
        NDArray bias = l.bias();
        return bias == null ? call("product", x, l.weight()) : call("linear", x, l.weight(), bias);
    }

    /**
     * Runs a computation whose dropout follows from a seed. The engine has one generator for all threads, so that others wait with
     * theirs; what a GPU draws is settled when it is asked to, and is computed side by side.
     */
    public NDArray seeded(long seed, Supplier<NDArray> computation) {
        synchronized (GENERATOR) {
            seed(seed);
            return computation.get();
        }
    }

    /** Seeds dropout: what is drawn from here on follows from the seed. */
    void seed(long seed) {
        JniUtils.setSeed(seed);
    }

    /** x with each value zeroed at the given rate and the others scaled up to keep the mean (Srivastava et al. 2014). */
    public NDArray dropout(NDArray x, double rate) {
        return call("dropout", x, rate);
    }

    /** x Φ(x), the exact form by the error function (Hendrycks &amp; Gimpel 2016). */
    public NDArray gelu(NDArray x) {
        return call("gelu", x);
    }

    /**
     * x ⊙ 2 σ(v): each column scaled between 0 and 2 times (Swietojanski et al. 2016).
     *
     * @param x (…, H)
     * @param v (H)
     */
    public NDArray contribution(NDArray x, NDArray v) {
        return call("contribution", x, v);
    }

    /** Hyperbolic tangent. */
    public NDArray tanh(NDArray x) {
        return call("tanh", x);
    }

    /** The vector at each sequence's first position, [CLS], in the order of the batch: (N, H) → (S, H). */
    public NDArray first(NDArray h, Layout layout) {
        return pick(h, layout.first());
    }

    /** Some rows: (N, H), rows (R) as int64 → (R, H). */
    public NDArray pick(NDArray h, NDArray rows) {
        return call("pick", h, rows);
    }

    /** Copies values (R, H) into a tensor (N, H), from a row on, in place. */
    public void place(NDArray target, long row, NDArray values) {
        module.run("place", false, target, row, values).close();
    }

    /** The sequences side by side, in the order of the batch, with a value in place of padding that has no row: (N, H) → (S, T, H). */
    public NDArray padded(NDArray h, Layout layout, double fill) {
        return call("padded", h, layout.cells(), layout.width(), fill);
    }

    /** The same values as rows of another width: (…, I) → (R, columns). */
    public NDArray rows(NDArray x, int columns) {
        return call("rows", x, columns);
    }

    /**
     * Multi-head self-attention of each sequence, without an output projection: (N, H) → (N, H).
     *
     * @param dropout rate on attention probabilities
     */
    public NDArray selfAttention(NDArray h, Layout layout, SelfAttention a, double dropout) {
        return call(
                "self_attention",
                h,
                layout.runSequences(),
                layout.runWidths(),
                layout.masks(),
                layout.cellOf(),
                a.query().weight(),
                bias(a.query()),
                a.key().weight(),
                bias(a.key()),
                a.value().weight(),
                bias(a.value()),
                a.heads(),
                dropout);
    }

    /**
     * BERT's attention sublayer before its residual sum: self-attention, output projection, dropout.
     *
     * @param dropout rate on attention probabilities
     * @param outputDropout rate on the projected output
     */
    public NDArray attention(
            NDArray h, Layout layout, SelfAttention a, Linear output, double dropout, double outputDropout) {
        return call(
                "attention",
                h,
                layout.runSequences(),
                layout.runWidths(),
                layout.masks(),
                layout.cellOf(),
                a.query().weight(),
                bias(a.query()),
                a.key().weight(),
                bias(a.key()),
                a.value().weight(),
                bias(a.value()),
                output.weight(),
                bias(output),
                a.heads(),
                dropout,
                outputDropout);
    }

    /** gelu(x₁) ⊙ x₂, of the halves of each row: (N, 2 F) → (N, F) (Shazeer 2020, GeGLU). */
    public NDArray gatedGelu(NDArray x) {
        return call("gated_gelu", x);
    }

    /** The bias of a linear map that is computed with others in one operation, as BERT's, which have biases. */
    private static NDArray bias(Linear map) {
        return Objects.requireNonNull(map.bias(), "a map without bias is computed on its own");
    }

    /** BERT's feed-forward sublayer before its residual sum: dense, GELU, dense, dropout. */
    public NDArray feedForward(NDArray x, Linear inner, Linear outer, double dropout) {
        return call("feed_forward", x, inner.weight(), bias(inner), outer.weight(), bias(outer), dropout);
    }

    /** Mean cross-entropy: logits (B, C), B examples, C classes; labels (B) as int64 → scalar. */
    public NDArray crossEntropy(NDArray logits, NDArray labels) {
        return call("cross_entropy", logits, labels);
    }

    /**
     * Mean of the cross-entropies of a span's start and of its end over the positions: logits (B, T, 2), positions (B, 2) as int64
     * → scalar. A position of T or more lies outside the sequence and counts for nothing.
     *
     * @param starts what the sum over the starts is divided by: how many lie inside, in the whole batch where this is a part of it
     * @param ends the same for the ends
     */
    public NDArray spanLoss(NDArray logits, NDArray positions, int starts, int ends) {
        return call("span_loss", logits, positions, Math.max(1, starts), Math.max(1, ends));
    }

    /**
     * Cross-entropy over the labelled word pieces: logits (B, T, C), labels (B, T) as int64, -100 for none → scalar.
     *
     * @param count what the sum is divided by: how many are labelled, in the whole batch where this is a part of it
     */
    public NDArray tokenLoss(NDArray logits, NDArray labels, int count) {
        return call("token_loss", logits, labels, Math.max(1, count));
    }

    /** Mean squared error: predictions (B, 1), labels (B) → scalar. */
    public NDArray meanSquaredError(NDArray predictions, NDArray labels) {
        return call("mean_squared_error", predictions, labels);
    }

    /** Copies values into a tensor of the same shape, in place. */
    public void assign(NDArray target, NDArray values) {
        module.run("assign", false, target, values).close();
    }

    /** d loss / d parameter for each parameter, in order; frees what autograd remembered of the loss. */
    public List<NDArray> gradient(NDArray loss, Collection<NDArray> parameters) {
        try (var result = module.run("gradient", true, loss, parameters)) {
            return new ArrayList<>(result.toNDList(scope));
        }
    }

    /**
     * The gradient of what a tensor stands for, for each parameter, in order; frees what autograd remembered of the tensor.
     *
     * @param upstream the gradient of the tensor itself, of its shape
     */
    public List<NDArray> gradient(NDArray output, NDArray upstream, Collection<NDArray> parameters) {
        try (var result = module.run("gradient_through", true, output, upstream, parameters)) {
            return new ArrayList<>(result.toNDList(scope));
        }
    }

    /** Scales all gradients in place so that their common norm is at most {@code most}; gives the norm before, a scalar. */
    public NDArray clipTogether(Collection<NDArray> gradients, double most) {
        return module.tensor(scope, "clip_together", false, gradients, most);
    }

    /** Scales each gradient in place so that its own norm is at most {@code most}; gives the common norm before, a scalar. */
    public NDArray clipEach(Collection<NDArray> gradients, double most) {
        return module.tensor(scope, "clip_each", false, gradients, most);
    }

    /**
     * One AdamW update in place (Loshchilov &amp; Hutter 2019, algorithm 2; β₁ = 0.9, β₂ = 0.999) of many tensors at once.
     *
     * @param moments running mean and running square of each weight's gradient
     * @param updates updates of these weights including this one: bias correction divides by 1 − βⁿ
     */
    public void adamW(
            List<NDArray> weights,
            List<NDArray> gradients,
            List<Moments> moments,
            double updates,
            double rate,
            double decay,
            double epsilon) {
        try (NDArray count = scope.create((float) updates)) {
            List<NDArray> counts = Collections.nCopies(weights.size(), count);
            List<NDArray> means = moments.stream().map(Moments::mean).toList();
            List<NDArray> squares = moments.stream().map(Moments::square).toList();
            module.run("adamw", false, weights, gradients, means, squares, counts, rate, decay, epsilon)
                    .close();
        }
    }

    /** Attention over queries, keys and values that were made elsewhere, with results in the same scope. */
    public AttentionOps attention() {
        return new AttentionOps(this);
    }

    /** The operations that adapters alone need, with results in the same scope. */
    public AdapterOps adapters() {
        return new AdapterOps(this);
    }

    NDArray call(String method, Object... arguments) {
        return module.tensor(scope, method, recording, arguments);
    }
}
