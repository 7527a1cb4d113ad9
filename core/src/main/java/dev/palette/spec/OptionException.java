package dev.palette.spec;

/** An option with a value it can't have. Knows the option, so that a script's line or a settings key can be blamed. */
public final class OptionException extends PaletteException {
    private static final long serialVersionUID = 1L;

    private final String option;

    /**
     * @param option the option's name, as in a script
     * @param message the whole message, the option's name included
     */
    public OptionException(String option, String message) {
        super(message);
        this.option = option;
    }

    /** The option's name, as in a script. */
    public String option() {
        return option;
    }
}
