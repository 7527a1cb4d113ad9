import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Follows every link between the pages of a built site, also into the Javadoc, and to the places within them. Addresses elsewhere are
 * not asked: a build must not hang on other people's servers. Run by the site's build with the site's folder; ends with 1 and a line a
 * broken link.
 *
 * <p>Pages are read by a pattern for tags: what the site plugin and Javadoc write has no bare {@code <} in its text.
 */
final class SiteLinks {
    private static final Pattern TAG = Pattern.compile("<[a-zA-Z][^>]*>");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s(href|src|id|name)=(?:\"([^\"]*)\"|'([^']*)')");
    private static final Pattern ELSEWHERE = Pattern.compile("(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//).*");

    /** JDK 17's Javadoc gives this page a table of contents whose only entry has no place to go to. */
    private static final Set<String> JAVADOCS_OWN = Set.of("constant-values.html#dev.palette");

    /** What a page points to, and the places in it that can be pointed to. */
    private record Page(List<String> links, Set<String> places) {}

    private final Path site;
    private final Map<Path, Page> pages = new HashMap<>();

    private SiteLinks(Path site) throws IOException {
        this.site = site.toAbsolutePath().normalize();
        try (Stream<Path> files = Files.walk(this.site)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".html")).toList()) {
                pages.put(file, page(Files.readString(file)));
            }
        }
    }

    public static void main(String[] arguments) throws IOException {
        SiteLinks links = new SiteLinks(Path.of(arguments[0]));
        List<String> broken = links.broken();
        broken.forEach(System.err::println);
        System.out.printf("%d pages, %d links, %d broken%n", links.pages.size(), links.count(), broken.size());
        System.exit(broken.isEmpty() && !links.pages.isEmpty() ? 0 : 1);
    }

    private static Page page(String html) {
        List<String> links = new ArrayList<>();
        Set<String> places = new HashSet<>();
        Matcher tags = TAG.matcher(html);
        while (tags.find()) {
            Matcher attributes = ATTRIBUTE.matcher(tags.group());
            while (attributes.find()) {
                String value = (attributes.group(2) != null ? attributes.group(2) : attributes.group(3))
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&");
                if (attributes.group(1).equals("href") || attributes.group(1).equals("src")) {
                    links.add(value);
                } else {
                    places.add(value);
                }
            }
        }
        return new Page(links, places);
    }

    private long count() {
        return pages.values().stream().mapToLong(page -> page.links().size()).sum();
    }

    private List<String> broken() {
        return pages.entrySet().stream()
                .flatMap(page -> page.getValue().links().stream()
                        .distinct()
                        .filter(link -> !leadsSomewhere(page.getKey(), link))
                        .map(link -> site.relativize(page.getKey()) + ": " + link + " leads nowhere"))
                .sorted()
                .toList();
    }

    private boolean leadsSomewhere(Path from, String link) {
        if (ELSEWHERE.matcher(link).matches() || JAVADOCS_OWN.contains(from.getFileName() + link)) {
            return true;
        }
        int hash = link.indexOf('#');
        String path = decoded((hash < 0 ? link : link.substring(0, hash)).replaceFirst("\\?.*", ""));
        Path target = path.isEmpty() ? from : from.resolveSibling(path).normalize();
        if (!target.startsWith(site) || !Files.isRegularFile(target)) {
            return false;
        }
        String place = hash < 0 ? "" : link.substring(hash + 1);
        Page page = pages.get(target);
        return place.isEmpty() || page == null || page.places().contains(place) || page.places().contains(decoded(place));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
