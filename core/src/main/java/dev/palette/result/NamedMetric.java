package dev.palette.result;

import dev.palette.task.Metric;

/**
 * A metric as files know it: by its name alone.
 *
 * @param label e.g. {@code accuracy}
 */
record NamedMetric(String label) implements Metric {
    @Override
    public String brief() {
        return label;
    }
}
