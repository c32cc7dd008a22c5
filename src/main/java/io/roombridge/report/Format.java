package io.roombridge.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What a report can be written as. */
public enum Format {
    /** For people and repositories. */
    MARKDOWN("text/markdown; charset=utf-8", MarkdownPage::of),
    /** One page with charts, without scripts and without anything from outside. */
    HTML("text/html; charset=utf-8", HtmlPage::of),
    /** One tidy table: {@code section,what,key,value}. */
    CSV("text/csv; charset=utf-8", TidyTable::of);

    private final String mediaType;
    private final Function<Review, String> writer;

    Format(String mediaType, Function<Review, String> writer) {
        this.mediaType = mediaType;
        this.writer = writer;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Lower case, as commands and the management API take it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Format> of(String label) {
        return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
    }

    String write(Review review) {
        return writer.apply(review);
    }
}
