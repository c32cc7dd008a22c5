package io.roombridge.privacy;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The forms of data that must not be everywhere (facts/portal.md, section 8). In each, group 1 is what stays in front of
 * what is taken out. All are bounded, so that a hostile text costs a few steps for each character ({@code RegexStepsTest}).
 */
final class Patterns {

    private static final String QUAD = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    /** Not of the machine itself. */
    private static final String ADDRESS = "(?!127\\.)" + QUAD + "\\." + QUAD + "\\." + QUAD + "\\." + QUAD;

    private static final String REST_OF_LINE = "[^\\r\\n]{1,2000}";
    /** In prose between a label and its value; also in JSON and in query strings. */
    private static final String IS = "[\"']?\\s{0,3}(?:[:=]|=>|->)\\s{0,3}";

    private static final String VALUE = "(?:\"[^\"\\n]{1,200}\"|'[^'\\n]{1,200}'|\\S{1,500})";

    // --- goes nowhere

    static final Pattern URL_WITH_PASSWORD =
            Pattern.compile("(\\b[A-Za-z][A-Za-z0-9+.-]{1,11}://)[^/\\s:@\"'<>]{0,100}:[^/\\s@\"'<>]{1,200}(?=@)");

    /** Judged by {@link #isSigned}. */
    static final Pattern URL = Pattern.compile("()\\b[A-Za-z][A-Za-z0-9+.-]{1,11}://[^\\s\"'<>]{3,4000}");

    static final Pattern SIGNATURE = Pattern.compile(
            "(?i)((?<![a-z])(?:sig|x-amz-signature|sharedaccesssignature)\\s{0,2}[=:]\\s{0,2})[^\\s&;\"'\\[]{8,2000}"
                    + "|(\\bSharedAccessSignature[ \\t])\\S{8,2000}");

    private static final Pattern SIGNED_PART = Pattern.compile(
            "(?i)[?&;#](?:sig|signature|x-amz-signature|x-amz-credential|token|access_token|id_token|refresh_token|sas"
                    + "|code|key|api[_-]?key|subscription-key|client_secret|secret|password|passwd|pwd|auth)=");

    static final Pattern PRIVATE_KEY =
            Pattern.compile("()-----BEGIN[^-\\n]{0,40}PRIVATE KEY-----[^-]{0,16000}(?:-----END[^-\\n]{0,40}-----)?");

    /** Padded base64 as long as the keys of Azure are. */
    static final Pattern LONG_KEY = Pattern.compile("()(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{42,88}={1,2}(?![A-Za-z0-9=])");

    static final Pattern AUTHORIZATION = Pattern.compile("(?i)(\\bauthorization" + IS + ")" + REST_OF_LINE);

    /** Judged by {@link #hasDigit}: "Basic troubleshooting" is none. */
    static final Pattern SCHEME =
            Pattern.compile("(?i)(\\b(?:bearer|basic|negotiate|ntlm|cookie:)[ \\t]{1,3})[a-z0-9._~+/=-]{8,4000}");

    static final Pattern WEB_TOKEN = Pattern.compile("()\\beyJ[A-Za-z0-9_-]{10,8000}(?:\\.[A-Za-z0-9_-]{0,8000}){0,4}");

    /** Judged by {@link #hasDigit}. */
    static final Pattern KNOWN_TOKEN =
            Pattern.compile("()(?<![A-Za-z0-9])(?:gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|AKIA"
                    + "|ASIA|AIza|sk-|sk_live_|rk_live_|npm_|hvs\\.)[A-Za-z0-9_-]{10,255}");

    /** Judged by {@link #isSecret}. */
    static final Pattern PASSWORD_LABELLED =
            Pattern.compile("(?i)((?:pass ?word|passwd|passphrase|passcode|kennwort|passwort|mot de passe|contraseña"
                    + "|wachtwoord|(?<![a-z])(?:pwd|pin|pin code))(?: is| ist| lautet)?" + IS + ")"
                    + VALUE);

    /** Judged by {@link #isSecret}. */
    static final Pattern SECRET_LABELLED =
            Pattern.compile("(?i)((?:secret|access ?key|account ?key|api[_ -]?key|private[_ -]?key|token"
                    + "|(?<![a-z])sas)" + IS + ")" + VALUE);

    /** Judged by {@link #isSecretInProse}. */
    static final Pattern SECRET_SAID = Pattern.compile(
            "(?i)((?:pass ?word|passcode|kennwort|passwort|(?<![a-z])pin)(?: (?:is|was|ist|war|lautet|to|for"
                    + " [a-z]{1,20} is))? {1,2})" + VALUE);

    static final Pattern CREDENTIALS = Pattern.compile(
            "(?i)((?:credentials?|login|zugangsdaten)\\s{0,2}(?:are|is|sind|[:=])\\s{1,3})\\S{1,60}\\s?/\\s?\\S{1,60}");

    static final Pattern COORDINATES = Pattern.compile(
            "()(?<![\\d.])[-+]?\\d{1,3}\\.\\d{4,12}°?\\s{0,2}[NS]?\\s{0,2}[,;/ ]\\s{0,2}[-+]?\\d{1,3}\\.\\d{4,12}");

    static final Pattern COORDINATE_LABELLED =
            Pattern.compile("(?i)(\\b(?:lat|latitude|lng|lon|longitude)\\b" + IS + ")[-+]?\\d{1,3}\\.\\d{2,12}");

    static final Pattern DEGREES =
            Pattern.compile("()(?<!\\d)\\d{1,3}°\\s?\\d{1,2}['′’]\\s?\\d{1,2}(?:\\.\\d{1,6})?[\"″”]\\s?[NSEWO]");

    static final Pattern MEETING = Pattern.compile(
            "(?i)(\\b(?:meeting (?:subject|title|topic|body|notes|agenda|chat)|chat message|attendees?|participants?"
                    + "|organi[sz]ers?)\\s{0,2}[:=][ \\t]{0,3})" + REST_OF_LINE);

    // --- restricted

    static final Pattern E_MAIL_ADDRESS =
            Pattern.compile("()[\\p{L}\\p{N}._%+'-]{1,64}@(?:[\\p{L}\\p{N}-]{1,63}\\.){1,8}\\p{L}{2,24}");

    static final Pattern MEETING_LINK = Pattern.compile(
            "(?i)()(?:https?://)?(?:[a-z0-9-]{1,60}\\.){0,4}(?:teams\\.microsoft\\.com/(?:l/meetup-join|meet)"
                    + "|teams\\.live\\.com/meet|zoom\\.us/(?:j|s|w|my|wc)|webex\\.com/(?:meet|join)|meet\\.google\\.com"
                    + "|meet\\.lync\\.com)/[^\\s\"'<>\\[]{1,2000}");

    static final Pattern MEETING_NUMBER =
            Pattern.compile("(?i)(\\b(?:meeting|conference) ?id\\s{0,2}[:=#]?\\s{0,2})\\d[\\d ]{5,20}");

    static final Pattern MAC_ADDRESS = Pattern.compile(
            "()(?<![A-Za-z0-9])(?<![0-9A-Fa-f][:-])(?:[0-9A-Fa-f]{2}[:-]){5}"
                    + "[0-9A-Fa-f]{2}(?![A-Za-z0-9:-])|()(?<![A-Za-z0-9.])[0-9A-Fa-f]{4}\\.[0-9A-Fa-f]{4}\\.[0-9A-Fa-f]{4}(?![A-Za-z0-9.])");

    /** Of ranges that are never a version number's neighbours: inside a building, or of a device without a network. */
    static final Pattern PRIVATE_ADDRESS =
            Pattern.compile("()(?<![A-Za-z0-9.])(?<!version )(?<!release )(?:10\\." + QUAD
                    + "|172\\.(?:1[6-9]|2\\d|3[01])|192\\.168|169\\.254|100\\.(?:6[4-9]|[7-9]\\d|1[01]\\d|12[0-7]))\\."
                    + QUAD + "\\." + QUAD + "(?![A-Za-z0-9])(?!\\.\\d)");

    /** Any other, where the words around it say that it is no version of a program. */
    static final Pattern PUBLIC_ADDRESS = Pattern.compile(
            "(?i)((?:\\b(?:ip|ipv4|address|addr|host|gateway|proxy|dns|ntp|subnet|ping)[\"']?\\s{0,2}[:=(]?\\s{0,2}"
                    + "|://))" + ADDRESS + "(?![a-z0-9])(?!\\.\\d)|()(?<![A-Za-z0-9.])" + ADDRESS
                    + "(?=:\\d{2,5}\\b|/\\d{1,2}\\b)");

    static final Pattern LONG_ADDRESS =
            Pattern.compile("()(?<![A-Za-z0-9])(?<![0-9A-Fa-f]:)(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}"
                    + "|(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6})(?![A-Za-z0-9:])");

    static final Pattern PHONE_ABROAD =
            Pattern.compile("()(?<![A-Za-z0-9+])(?:\\+|00)[1-9]\\d{0,2}(?:[ ().\\-/]{0,3}\\d){6,13}(?![A-Za-z0-9])");

    static final Pattern PHONE_OF_AMERICA = Pattern.compile(
            "()(?<![A-Za-z0-9.\\-])(?:\\(\\d{3}\\)\\s?|\\d{3}[-. ])\\d{3}[-. ]\\d{4}(?![A-Za-z0-9.\\-])");

    static final Pattern PHONE_LABELLED = Pattern.compile(
            "(?i)(\\b(?:tel|telephone|phone|mobile|cell|fax|call|dial|dial-in|pstn|telefon|handy|rufnummer|durchwahl)\\b\\.?"
                    + "\\s{0,2}(?:number|no\\.?|nr\\.?|me at|me on|in)?\\s{0,2}[:=]?\\s{0,2})\\(?\\d(?:[ ().\\-/]{0,3}\\d){5,14}(?![A-Za-z0-9])");

    static final Pattern DEVICE_ID = Pattern.compile(
            "(?i)(\\b(?:device|machine|hardware)[ _-]?(?:id|guid|identifier)" + IS
                    + "|\\bdevice[ _-]?(?:id|guid|identifier)? {1,2})[{]?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}[}]?");

    static final Pattern HOST_NAME = Pattern.compile(
            "(?i)(\\b(?:host|computer|machine|netbios) ?name" + IS + "|\\bfqdn" + IS + ")(?!\\[)[^\\s,;\"']{1,255}");

    /** Words after "password:" that say how it fares, not what it is. */
    private static final Set<String> ABOUT_A_SECRET = Set.of(
            "expired",
            "wrong",
            "invalid",
            "incorrect",
            "missing",
            "required",
            "reset",
            "changed",
            "change",
            "unknown",
            "none",
            "null",
            "empty",
            "yes",
            "no",
            "ok",
            "true",
            "false",
            "failed",
            "rejected",
            "not",
            "policy",
            "the",
            "and",
            "is",
            "was",
            "has",
            "needs",
            "must",
            "for",
            "of",
            "in",
            "on",
            "please",
            "see",
            "abgelaufen",
            "falsch",
            "ungültig");

    private Patterns() {}

    static boolean isSigned(MatchResult found) {
        return SIGNED_PART.matcher(found.group()).find();
    }

    static boolean hasDigit(MatchResult found) {
        return value(found).chars().anyMatch(Character::isDigit);
    }

    static boolean isSecret(MatchResult found) {
        String value = value(found);
        String word = value.replaceAll("[\"'.,;:!?)]+$", "").toLowerCase(Locale.ROOT);
        return !Sensitive.isMark(value) && !word.isEmpty() && !ABOUT_A_SECRET.contains(word);
    }

    /** Without a sign between label and value only what looks like a secret is one. */
    static boolean isSecretInProse(MatchResult found) {
        String value = value(found).replaceAll("[\"'.,;:?)]+$", "");
        boolean digit = value.chars().anyMatch(Character::isDigit);
        boolean other = value.chars().anyMatch(c -> !Character.isDigit(c));
        boolean pin = found.group(1).toLowerCase(Locale.ROOT).startsWith("pin");
        return isSecret(found) && digit && (pin && value.length() >= 4 || other && value.length() >= 6);
    }

    private static String value(MatchResult found) {
        return found.group().substring(Sensitive.kept(found).length());
    }
}
