package dev.palette.report;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is logged while it is open to {@code run.log} in a run's directory: our own lines and those of the libraries. A run
 * that goes on after a stop goes on in the same file.
 */
public final class RunLog implements AutoCloseable {
    private final ch.qos.logback.classic.Logger root;
    private final FileAppender<ILoggingEvent> appender = new FileAppender<>();

    private RunLog(LoggerContext context, Path file) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{24} - %msg%n");
        encoder.start();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.start();
        root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
    }

    /**
     * Opens a log, at its end where there is one already.
     *
     * @param file {@code run.log} in the run's directory, which is made if it isn't there
     * @throws PaletteException when it can't be written
     */
    public static RunLog open(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw new PaletteException("can't write %s: %s; choose another folder with --out".formatted(file, e), e);
        }
        return new RunLog((LoggerContext) LoggerFactory.getILoggerFactory(), file);
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        appender.stop();
    }
}
