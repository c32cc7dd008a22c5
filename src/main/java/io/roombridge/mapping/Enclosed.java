package io.roombridge.mapping;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stretches of a text from an opening mark to its closing one, found in a time that grows with the text and not with its
 * square, as a pattern such as {@code <!--.*?-->} needs for marks that nobody closes. What is not closed is no stretch.
 *
 * @param opening its group 1 names the mark
 * @param closings the end of each mark, by its name in lower case
 */
public record Enclosed(Pattern opening, Map<String, Pattern> closings) {

    /** The text with each stretch, its marks included, replaced by what is made of its inside. */
    public String replaceAll(CharSequence text, UnaryOperator<String> made) {
        StringBuilder result = new StringBuilder();
        Set<String> unclosed = new HashSet<>();
        Matcher open = opening.matcher(text);
        int copied = 0;
        int from = 0;
        while (open.find(from)) {
            String mark = open.group(1).toLowerCase(Locale.ROOT);
            Matcher close = closings.get(mark).matcher(text);
            if (!unclosed.contains(mark) && close.find(open.end())) {
                String inside = text.subSequence(open.end(), close.start()).toString();
                result.append(text, copied, open.start()).append(made.apply(inside));
                copied = close.end();
                from = copied;
            } else {
                // Nor is any later one: looked for once, not from each place.
                unclosed.add(mark);
                from = open.end();
            }
        }
        return result.append(text, copied, text.length()).toString();
    }
}
