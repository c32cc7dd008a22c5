package io.roombridge.mapping;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an HTML message: blocks become lines, list items get a dash, everything else that is a tag goes. It renders
 * nothing and trusts nothing; the result still has to pass {@link PlainText}.
 */
public final class HtmlText {

    private static final Enclosed UNSEEN = new Enclosed(
            Pattern.compile("<(!--|(?:script|style|head)\\b)", Pattern.CASE_INSENSITIVE),
            Map.of("!--", Pattern.compile("-->"), "script", end("script"), "style", end("style"), "head", end("head")));
    private static final Pattern ITEM = Pattern.compile("<li\\b[^<>]*+>", Pattern.CASE_INSENSITIVE);
    private static final Pattern BREAK = Pattern.compile(
            "<br\\b[^<>]*+>|</(p|div|li|ul|ol|tr|table|h[1-6]|blockquote|pre)\\s*>", Pattern.CASE_INSENSITIVE);

    /** A block begins on a line of its own: mail programs write {@code Hello<div>world</div>}. */
    private static final Pattern BLOCK =
            Pattern.compile("<(p|div|table|h[1-6]|blockquote|pre|hr)\\b[^<>]*+>", Pattern.CASE_INSENSITIVE);

    private static final String AT_LINE_START = "\u0001";
    private static final Pattern LINE_START =
            Pattern.compile("(?:\\n|(?<![ \\t]))[ \\t]*+" + AT_LINE_START + "[ \\t" + AT_LINE_START + "]*+");
    private static final Pattern CELL = Pattern.compile("</t[dh]\\s*>", Pattern.CASE_INSENSITIVE);
    private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^<>]*+>");
    private static final Pattern ENTITY = Pattern.compile("&(#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,6});");
    private static final Pattern SPARE_LINES = Pattern.compile("\\n[ \\t]*+\\n[ \\t\\n]*+");
    private static final Map<String, String> NAMED = Map.of(
            "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "ndash", "–", "mdash", "—",
            "hellip", "…");

    private HtmlText() {}

    private static Pattern end(String element) {
        return Pattern.compile("</" + element + "\\s*+>", Pattern.CASE_INSENSITIVE);
    }

    /** The text that a reader of the page would see. */
    public static String of(String html) {
        String seen = UNSEEN.replaceAll(html, unseen -> "").replaceAll("\\s+", " ");
        String blocks = BLOCK.matcher(seen.replace(AT_LINE_START, "")).replaceAll(AT_LINE_START);
        String cells = CELL.matcher(ITEM.matcher(blocks).replaceAll("- ")).replaceAll(" ");
        String lines = LINE_START.matcher(BREAK.matcher(cells).replaceAll("\n")).replaceAll("\n");
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
