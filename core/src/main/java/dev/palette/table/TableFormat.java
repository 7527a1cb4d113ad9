package dev.palette.table;

import java.util.List;
import java.util.stream.Collectors;

/** The ways in which tables are written. */
public enum TableFormat {
    /** For terminals. */
    TEXT {
        @Override
        public String render(List<Table> tables, int width) {
            return tables.stream()
                    .map(table -> new TextRenderer(table, width).render())
                    .collect(Collectors.joining("\n"));
        }
    },

    /** Pipe tables. */
    MARKDOWN {
        @Override
        public String render(List<Table> tables, int width) {
            StringBuilder text = new StringBuilder();
            for (Table table : tables) {
                text.append(text.isEmpty() ? "" : "\n");
                text.append(MarkdownRenderer.render(table, text.isEmpty() ? 1 : 2));
            }
            return text.toString();
        }
    },

    /** Figures in full; one table after the other, an empty line between them. */
    CSV {
        @Override
        public String render(List<Table> tables, int width) {
            return tables.stream().map(CsvRenderer::render).collect(Collectors.joining("\n"));
        }
    },

    /** For papers, with the package booktabs. */
    LATEX {
        @Override
        public String render(List<Table> tables, int width) {
            return tables.stream().map(LatexRenderer::render).collect(Collectors.joining("\n"));
        }
    },

    /** The whole model, figures in full. */
    JSON {
        @Override
        public String render(List<Table> tables, int width) {
            return JsonRenderer.json(tables).toPrettyString() + "\n";
        }
    };

    /** A width that no table reaches. */
    public static final int ANY_WIDTH = Integer.MAX_VALUE;

    /**
     * Some tables as one text.
     *
     * @param width letters that fit beside each other, for those formats that care
     */
    public abstract String render(List<Table> tables, int width);
}
