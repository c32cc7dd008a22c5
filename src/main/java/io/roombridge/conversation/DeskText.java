package io.roombridge.conversation;

import io.roombridge.mapping.Enclosed;
import io.roombridge.mapping.HtmlText;
import io.roombridge.mapping.NoteParts;
import io.roombridge.mapping.PlainText;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text of the desk as plain text for the portal (facts/servicenow.md, section 2.7). */
public final class DeskText {

    private static final Enclosed CODE =
            new Enclosed(Pattern.compile("(?i)\\[(code)]"), Map.of("code", Pattern.compile("(?i)\\[/code]")));

    /** An entry that is HTML from its first to its last character; {@code a < b} and {@code use <b>} in prose are not. */
    private static final Pattern HTML =
            Pattern.compile("(?is)\\s*<(!doctype|html|body|div|p|span|table|ul|ol|br|h[1-6]|b|i"
                    + "|strong|em|blockquote|pre|font|a)\\b[^>]*>.*(</[a-z][a-z0-9]*\\s*>|<br\\s*/?>)\\s*");

    /** What the delivered inbound mail action of ServiceNow puts first; the address is nothing for the portal. */
    private static final Pattern MAIL_SENDER =
            Pattern.compile("(?i)\\s*(reply|received) from:[ \\t]*\\S+@\\S+[ \\t]*(\\n|$)");

    private DeskText() {}

    /** What a reader of the entry sees: {@code [code]} and HTML are gone; header-like lines are not defused yet. */
    static String plain(String raw) {
        String text = PlainText.withLineFeeds(raw);
        if (HTML.matcher(text).matches()) {
            return HtmlText.of(text);
        }
        return CODE.replaceAll(text, HtmlText::of);
    }

    /** Whether the entry is a mail that ServiceNow wrote down for somebody. */
    static boolean isMail(String plain) {
        return MAIL_SENDER.matcher(plain).lookingAt();
    }

    static String withoutMailSender(String plain) {
        Matcher sender = MAIL_SENDER.matcher(plain);
        return sender.lookingAt() ? plain.substring(sender.end()).strip() : plain;
    }

    /**
     * The text in pieces that the portal takes, each with its number where there are several.
     *
     * @param limit the longest message in code points, at least 100
     */
    public static List<String> parts(String text, int limit) {
        return NoteParts.of(text, limit);
    }
}
