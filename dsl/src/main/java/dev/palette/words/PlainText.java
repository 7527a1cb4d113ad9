package dev.palette.words;

import com.github.therapi.runtimejavadoc.Comment;
import com.github.therapi.runtimejavadoc.CommentVisitor;
import com.github.therapi.runtimejavadoc.Link;
import com.github.therapi.runtimejavadoc.Value;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.text.CaseUtils;
import org.apache.commons.text.StringEscapeUtils;

/** A Javadoc comment as text: paragraphs parted by an empty line, each on one line, and nothing of HTML or of tags. */
final class PlainText implements CommentVisitor {
    private static final Pattern PREFORMATTED = Pattern.compile("(?s)<pre>(.*?)</pre>");
    private static final Pattern PARAGRAPH = Pattern.compile("\\s*</?(?:p|ul|ol|table)>\\s*");
    private static final String LINE = "\u0001"; // ends a line that stays one

    private final StringBuilder text = new StringBuilder();
    private int unclosed;

    private PlainText() {}

    static String of(Comment comment) {
        PlainText plain = new PlainText();
        comment.visit(plain);
        return plain.text();
    }

    /** A tag ends for Therapi at its first brace; where it has braces of its own, the text after it has their ends, and the tag's. */
    @Override
    public void commentText(String value) {
        int at = 0;
        for (; unclosed > 0 && at < value.length(); at++) {
            char letter = value.charAt(at);
            unclosed += letter == '{' ? 1 : letter == '}' ? -1 : 0;
            if (unclosed > 0) {
                text.append(letter);
            }
        }
        text.append(value.substring(at));
    }

    @Override
    public void inlineTag(String name, String value) {
        text.append(StringEscapeUtils.escapeHtml4(value));
        unclosed = StringUtils.countMatches(value, '{') - StringUtils.countMatches(value, '}');
        if (unclosed > 0) {
            text.append(" }");
        }
    }

    @Override
    public void inlineLink(Link link) {
        String label = link.getLabel();
        String member = link.getReferencedMemberName();
        boolean own = !label.isEmpty() && !label.startsWith("#") && !label.equals(link.getReferencedClassName());
        text.append(own ? label : member == null ? simple(link.getReferencedClassName()) : asWord(member));
    }

    @Override
    public void inlineValue(Value value) {
        text.append(asWord(value.getReferencedMemberName()));
    }

    /** Constants as scripts write them. */
    private static String asWord(String member) {
        return member.equals(member.toUpperCase(Locale.ROOT)) ? CaseUtils.toCamelCase(member, false, '_') : member;
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private String text() {
        Matcher preformatted = PREFORMATTED.matcher(text);
        String marked = preformatted.replaceAll(PlainText::lines);
        String parted = PARAGRAPH.matcher(marked).replaceAll("\n\n").replaceAll("\\s*<li>\\s*", LINE + "- ");
        return Arrays.stream(parted.split("\n\n+"))
                .map(paragraph -> StringEscapeUtils.unescapeHtml4(paragraph
                        .replaceAll("<[^>]+>", "")
                        .replaceAll("\\s+", " ")
                        .strip()))
                .map(paragraph -> paragraph.replaceAll(" ?" + LINE + " ?", "\n").strip())
                .filter(paragraph -> !paragraph.isEmpty())
                .collect(Collectors.joining("\n\n"));
    }

    private static String lines(MatchResult block) {
        String kept = block.group(1).strip().replaceAll("\\s*\n\\s*", LINE);
        return Matcher.quoteReplacement("\n\n" + kept + "\n\n");
    }
}
