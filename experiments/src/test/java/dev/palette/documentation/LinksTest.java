package dev.palette.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links between pages as they are written, for who reads them in the repository; the site's build follows those of what it made. */
class LinksTest {
    @ParameterizedTest
    @MethodSource("dev.palette.documentation.Page#all")
    void everyLinkLeadsToAFile(Page page) {
        assertThat(page.links())
                .allSatisfy(link -> assertThat(leadsSomewhere(page, link)).isTrue());
    }

    /** Javadoc is there in the site alone. To headings nobody links: a repository's page and the site's call them by different names. */
    private static boolean leadsSomewhere(Page page, String link) {
        if (link.matches("https?:.*") || link.contains("apidocs/")) {
            return true;
        }
        Path target = page.file().resolveSibling(link).normalize();
        return Files.isRegularFile(target)
                && (!page.file().startsWith(Page.SITE) || target.startsWith(Page.SITE)); // else the site lacks it
    }
}
