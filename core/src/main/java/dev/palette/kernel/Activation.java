package dev.palette.kernel;

import java.util.Locale;

/** What a narrow layer applies to its values. */
public enum Activation {
    /** x Φ(x), the exact form by the error function (Hendrycks &amp; Gimpel 2016). */
    GELU,
    /** max(x, 0). */
    RELU,
    /** x σ(x) (Ramachandran et al. 2017). */
    SWISH,
    /** The hyperbolic tangent. */
    TANH;

    String operation() {
        return name().toLowerCase(Locale.ROOT);
    }
}
