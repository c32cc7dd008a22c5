package io.roombridge.mapping;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an HTML message: blocks become lines, list items get a dash, everything else that is a tag goes. It renders
 * nothing and trusts nothing; the result still has to pass {@link PlainText}.
 */
final class HtmlText {

    private static final Pattern UNSEEN = Pattern.compile(
            "<!--.*?-->|<(script|style|head)\\b.*?</\\1\\s*>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern ITEM = Pattern.compile("<li\\b[^>]*>", Pattern.CASE_INSENSITIVE);
    private static final Pattern BREAK =
            Pattern.compile("<br\\b[^>]*>|</(p|div|li|ul|ol|tr|table|h[1-6])\\s*>", Pattern.CASE_INSENSITIVE);
    private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^>]*>");
    private static final Pattern ENTITY = Pattern.compile("&(#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,6});");
    private static final Pattern SPARE_LINES = Pattern.compile("\\n[ \\t]*(\\n[ \\t]*)+");
    private static final Map<String, String> NAMED = Map.of(
            "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "ndash", "–", "mdash", "—",
            "hellip", "…");

    private HtmlText() {}

    static String of(String html) {
        String seen = UNSEEN.matcher(html).replaceAll("").replaceAll("\\s+", " ");
        String lines = BREAK.matcher(ITEM.matcher(seen).replaceAll("- ")).replaceAll("\n");
        String text = ENTITY.matcher(TAG.matcher(lines).replaceAll("")).replaceAll(HtmlText::decoded);
        return SPARE_LINES.matcher(text).replaceAll("\n\n").strip();
    }

    private static String decoded(MatchResult entity) {
        return Matcher.quoteReplacement(character(entity.group(1), entity.group()));
    }

    private static String character(String name, String asWritten) {
        if (!name.startsWith("#")) {
            return NAMED.getOrDefault(name, asWritten);
        }
        boolean hex = name.charAt(1) == 'x' || name.charAt(1) == 'X';
        int point = hex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
        return Character.isValidCodePoint(point) ? Character.toString(point) : asWritten;
    }
}
