package dev.palette.text;

/** Kinds of characters as BERT's tokenizer knows them. */
final class Characters {
    private Characters() {}

    /** Whether its Unicode category starts with C and it is no line end or tab: such characters are removed from texts. */
    static boolean vanishes(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> codePoint != '\t' && codePoint != '\n' && codePoint != '\r';
            case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /** Whether it is a token of its own: Unicode's punctuation, and every ASCII character that is no letter, digit or space. */
    static boolean isPunctuation(int codePoint) {
        if (codePoint > ' ' && codePoint < 0x7f) {
            return !Character.isLetterOrDigit(codePoint);
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
