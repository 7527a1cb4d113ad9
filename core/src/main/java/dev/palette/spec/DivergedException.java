package dev.palette.spec;

/** Training ran away: a loss or an output is not a finite number. It ends its trial and no other. */
public final class DivergedException extends PaletteException {
    private static final long serialVersionUID = 1L;

    /** Training that ran away, at the place and with the remedy that the message says. */
    public DivergedException(String message) {
        super(message);
    }
}
