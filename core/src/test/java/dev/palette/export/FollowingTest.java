package dev.palette.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.result.MetricsFile.Position;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowingTest {
    @TempDir
    private Path out;

    private final RecordingExport export = new RecordingExport();

    @Test
    void aRunIsFollowedFromItsFirstStepToItsResult() throws IOException {
        LoggedRun run = LoggedRun.begin(out).steps(1, 3);
        Following following = follow(run);

        advance(following);
        assertThat(following.isSettled()).isTrue();
        run.steps(4, 5);
        advance(following);
        run.finish();
        advance(following);

        assertThat(export.events).containsExactly("begin", "steps 1..3", "steps 4..5", "finish", "close");
        assertThat(following.isFinished()).isTrue();
    }

    @Test
    void aLongLogIsTakenOverInParts() throws IOException {
        Following following = follow(LoggedRun.begin(out).steps(1, 1_200));

        assertThat(following.advance()).as("more at once").isTrue();
        assertThat(export.events).containsExactly("begin", "steps 1..500");
        assertThat(following.isSettled()).isFalse();

        advance(following);
        assertThat(export.events).endsWith("steps 501..1000", "steps 1001..1200");
    }

    @Test
    void aRunThatWentBackIsBegunAnew() throws IOException {
        LoggedRun run = LoggedRun.begin(out).steps(1, 5);
        Following following = follow(run);
        advance(following);

        run.goBackTo(2).steps(3, 3);
        advance(following);

        assertThat(export.events).containsExactly("begin", "steps 1..5", "close", "begin", "steps 1..3");
    }

    @Test
    void whatTheDestinationHasIsNotSentAgain() throws IOException {
        LoggedRun run = LoggedRun.begin(out).steps(1, 5);
        export.reached =
                run.stored().metrics().read(Position.START, 3, point -> {}).orElseThrow();

        advance(follow(run));

        assertThat(export.events).containsExactly("begin", "steps 4..5");
    }

    @Test
    void aPlaceThatTheLogNoLongerHasIsForgotten() throws IOException {
        LoggedRun run = LoggedRun.begin(out).steps(1, 5);
        export.reached = new Position(9_999, 70, 1, 3);

        advance(follow(run));

        assertThat(export.events).containsExactly("begin", "close", "begin", "steps 1..5");
    }

    @Test
    void afterAFailureTheRunIsBegunAnew() throws IOException {
        LoggedRun run = LoggedRun.begin(out).steps(1, 2);
        Following following = follow(run);
        advance(following);

        run.steps(3, 3);
        export.failures.set(1);
        assertThatThrownBy(following::advance).isInstanceOf(IOException.class);
        assertThat(following.isSettled()).isFalse();
        advance(following);

        assertThat(export.events).containsExactly("begin", "steps 1..2", "close", "begin", "steps 1..3");
    }

    private Following follow(LoggedRun run) {
        return new Following(run.stored(), export.exporter());
    }

    private static void advance(Following following) throws IOException {
        while (following.advance()) {
            assertThat(following.isSettled()).isFalse();
        }
    }
}
