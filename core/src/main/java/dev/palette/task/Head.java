package dev.palette.task;

import dev.palette.spec.Range;

/** What turns the encoder's output into a task's: where a linear layer reads, and how many values it gives. */
public sealed interface Head {
    /** The width of the linear layer. */
    int width();

    /**
     * The number of values for one example.
     *
     * @param length word pieces of the example
     */
    int values(int length);

    /**
     * One row of values a sequence, from the pooled vector behind dropout: (B, T, H) → (B, outputs).
     *
     * @param outputs classes, or 1 for a score
     */
    record Sequence(int outputs) implements Head {
        /** Checks the range. */
        public Sequence {
            Range.atLeast("outputs", outputs, 1);
        }

        @Override
        public int width() {
            return outputs;
        }

        @Override
        public int values(int length) {
            return outputs;
        }
    }

    /**
     * One row of values a word piece, from the last layer's output as it is, without dropout: (B, T, H) → (B, T, outputs).
     *
     * @param outputs 2 where a span's start and end are looked for
     */
    record Token(int outputs) implements Head {
        /** Checks the range. */
        public Token {
            Range.atLeast("outputs", outputs, 1);
        }

        @Override
        public int width() {
            return outputs;
        }

        @Override
        public int values(int length) {
            return length * outputs;
        }
    }

    /**
     * One value for each of an example's choices, each choice a sequence of its own: (B × choices, T, H) → (B, choices).
     *
     * @param choices sequences of one example
     */
    record Choice(int choices) implements Head {
        /** Checks the range. */
        public Choice {
            Range.atLeast("choices", choices, 2);
        }

        /** 1: all choices are judged alike. */
        @Override
        public int width() {
            return 1;
        }

        @Override
        public int values(int length) {
            return choices;
        }
    }
}
