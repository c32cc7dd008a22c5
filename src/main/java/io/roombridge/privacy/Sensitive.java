package io.roombridge.privacy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of data that must not be everywhere (facts/portal.md, section 8), in the order in which they are looked for. */
public enum Sensitive {
    SIGNED_ADDRESS("signed address", true),
    PASSWORD("password", true),
    SECRET("secret", true),
    TOKEN("token", true),
    MEETING_CONTENT("meeting content", true),
    EXACT_POSITION("exact position", true),
    MEETING_LINK("meeting link", false),
    E_MAIL_ADDRESS("e-mail address", false),
    MAC_ADDRESS("MAC address", false),
    IP_ADDRESS("IP address", false),
    PHONE_NUMBER("phone number", false),
    DEVICE_IDENTITY("device identity", false);

    private static final String OPENING = "[";
    private static final String ENDING = "removed]";

    private final String what;
    private final boolean mustNot;

    Sensitive(String what, boolean mustNot) {
        this.what = what;
        this.mustNot = mustNot;
    }

    private record Form(Pattern pattern, Predicate<MatchResult> really) {

        Form(Pattern pattern) {
            this(pattern, found -> true);
        }
    }

    /** In words, for example {@code e-mail address}. */
    public String what() {
        return what;
    }

    /** As privacy.yaml and the metrics write it, for example {@code e-mail-address}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it goes nowhere at all; otherwise it is restricted to some places. */
    public boolean mustNot() {
        return mustNot;
    }

    /** What a person reads in its place. */
    public String mark() {
        return OPENING + what + " " + ENDING;
    }

    /** Whether it is the beginning or the end of a mark, which is not to be taken out in its turn. */
    static boolean isMark(String word) {
        return word.startsWith(OPENING) || word.startsWith(ENDING);
    }

    public static Optional<Sensitive> of(String label) {
        return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
    }

    /**
     * The text without this kind.
     *
     * @param hit called for each that was taken out
     */
    String takenOut(String text, Consumer<Sensitive> hit) {
        String cleaned = text;
        for (Form form : forms()) {
            cleaned = form.pattern().matcher(cleaned).replaceAll(found -> {
                if (!form.really().test(found)) {
                    return Matcher.quoteReplacement(found.group());
                }
                hit.accept(this);
                return Matcher.quoteReplacement(kept(found) + mark());
            });
        }
        return cleaned;
    }

    /** The group of the label, whichever alternative matched. */
    static String kept(MatchResult found) {
        for (int group = 1; group <= found.groupCount(); group++) {
            if (found.group(group) != null) {
                return found.group(group);
            }
        }
        return "";
    }

    private List<Form> forms() {
        return switch (this) {
            case PASSWORD ->
                List.of(
                        new Form(Patterns.URL_WITH_PASSWORD),
                        new Form(Patterns.CREDENTIALS),
                        new Form(Patterns.PASSWORD_LABELLED, Patterns::isSecret),
                        new Form(Patterns.SECRET_SAID, Patterns::isSecretInProse));
            case SIGNED_ADDRESS -> List.of(new Form(Patterns.URL, Patterns::isSigned), new Form(Patterns.SIGNATURE));
            case SECRET ->
                List.of(
                        new Form(Patterns.PRIVATE_KEY),
                        new Form(Patterns.LONG_KEY),
                        new Form(Patterns.AUTHORIZATION),
                        new Form(Patterns.SECRET_LABELLED, Patterns::isSecret));
            case TOKEN ->
                List.of(
                        new Form(Patterns.SCHEME, Patterns::hasDigit),
                        new Form(Patterns.WEB_TOKEN),
                        new Form(Patterns.KNOWN_TOKEN, Patterns::hasDigit));
            case MEETING_CONTENT -> List.of(new Form(Patterns.MEETING));
            case EXACT_POSITION ->
                List.of(
                        new Form(Patterns.COORDINATES),
                        new Form(Patterns.COORDINATE_LABELLED),
                        new Form(Patterns.DEGREES));
            case MEETING_LINK -> List.of(new Form(Patterns.MEETING_LINK), new Form(Patterns.MEETING_NUMBER));
            case E_MAIL_ADDRESS -> List.of(new Form(Patterns.E_MAIL_ADDRESS));
            case MAC_ADDRESS -> List.of(new Form(Patterns.MAC_ADDRESS));
            case IP_ADDRESS ->
                List.of(
                        new Form(Patterns.PRIVATE_ADDRESS),
                        new Form(Patterns.PUBLIC_ADDRESS),
                        new Form(Patterns.LONG_ADDRESS));
            case PHONE_NUMBER ->
                List.of(
                        new Form(Patterns.PHONE_ABROAD),
                        new Form(Patterns.PHONE_OF_AMERICA),
                        new Form(Patterns.PHONE_LABELLED));
            case DEVICE_IDENTITY -> List.of(new Form(Patterns.DEVICE_ID), new Form(Patterns.HOST_NAME));
        };
    }
}
