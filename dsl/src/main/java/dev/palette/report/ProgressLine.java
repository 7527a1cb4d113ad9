package dev.palette.report;

import dev.palette.execution.Progress;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A trial's progress as one line that is drawn over and over: number, bar, step, time passed and left, loss, task, speed. */
final class ProgressLine implements TrialProgress.Display {
    private static final int MILLISECONDS_BETWEEN_DRAWINGS = 250;

    private final StatusLine line;
    private final ProgressBar bar;

    ProgressLine(Console console, String number, long steps, long fromStep) {
        this.line = new StatusLine(console.out(), console.width());
        this.bar = new ProgressBarBuilder()
                .setTaskName(number)
                .setInitialMax(steps)
                .startsFrom(fromStep, Duration.ZERO) // time left is judged by the steps of this start alone
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(MILLISECONDS_BETWEEN_DRAWINGS)
                .continuousUpdate()
                .setConsumer(line)
                .build();
    }

    @Override
    public void progress(Progress progress) {
        bar.stepTo(progress.step());
        bar.setExtraMessage(" " + TrialProgress.details(progress));
    }

    @Override
    public void message(String text) {
        line.message(text);
    }

    @Override
    public void close() {
        bar.close();
    }
}
