package dev.palette.report.page;

import dev.palette.report.analysis.Report;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts the page together. It holds all it needs; its policy lets it run the scripts that are in it, known by their hashes, and load nothing
 * from anywhere. So a run's name that says it is a script is not one.
 */
public final class ReportPage {
    private static final String LIBRARY = "/META-INF/resources/webjars/echarts/%s/echarts.min.js";

    /** Apache ECharts as its WebJar packs it, whose folder has the version in its name. */
    private static final String LIBRARY_VERSION = "/META-INF/maven/org.webjars/echarts/pom.properties";

    /** In the order in which they use each other. */
    private static final List<String> SCRIPTS = List.of(
            "elements.js", "tables.js", "filters.js", "charts.js", "sections.js", "sweep.js", "evidence.js", "page.js");

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    private ReportPage() {}

    /**
     * The page of a finished look, as a file that stands alone.
     *
     * @param tables made of the same runs, shown first
     */
    public static String alone(Report report, List<PageTable> tables) {
        return page(report, tables, "'none'", "");
    }

    /**
     * The page of a server, which asks it for news.
     *
     * @param data where news are had, relative to the page
     */
    public static String live(Report report, List<PageTable> tables, String data) {
        return page(report, tables, "'self'", data);
    }

    /** What {@link #live} asks for: the data alone. */
    public static String data(Report report, List<PageTable> tables) {
        return PageJson.text(PageData.of(report, tables));
    }

    private static String page(Report report, List<PageTable> tables, String connects, String live) {
        String library = library();
        String code = SCRIPTS.stream().map(ReportPage::resource).collect(Collectors.joining("\n"));
        String policy =
                "default-src 'none'; script-src %s %s; style-src 'unsafe-inline'; img-src data: blob:; connect-src %s; base-uri 'none'; form-action 'none'"
                        .formatted(hash(library), hash(code), connects);
        return filled(
                resource("report.html"),
                Map.of(
                        "policy", policy,
                        "title", escaped(report.title()),
                        "style", resource("report.css"),
                        "live", escaped(live),
                        "data", data(report, tables),
                        "library", library,
                        "code", code));
    }

    /** Fills each place once; what is filled in is not looked at again. */
    private static String filled(String template, Map<String, String> values) {
        Matcher places = PLACE.matcher(template);
        StringBuilder page = new StringBuilder();
        while (places.find()) {
            places.appendReplacement(page, "");
            page.append(Objects.requireNonNull(values.get(places.group(1)), places.group(1)));
        }
        return places.appendTail(page).toString();
    }

    /** As text of an element, or in a quoted attribute. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String library() {
        String version = resource(LIBRARY_VERSION)
                .lines()
                .filter(line -> line.startsWith("version="))
                .map(line -> line.substring("version=".length()).strip())
                .findFirst()
                .orElseThrow();
        return resource(LIBRARY.formatted(version));
    }

    private static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** With the ends of lines that a browser makes of them, for the hashes. */
    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(ReportPage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
