package io.roombridge.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What mail programs and ServiceNow's notifications put around a quotation: attributions, header blocks, watermarks.
 * Collected from what Outlook, Gmail, Apple Mail, Thunderbird and ServiceNow write in the common languages.
 */
final class MailMarks {

    /** Lines of an Outlook header block; more than these do not stand between its first and its last. */
    private static final int LONGEST_BLOCK = 12;

    private static final int LONGEST_ATTRIBUTION = 3;

    private static final Pattern SENDER =
            Pattern.compile("\\**(From|Von|De|Da|Van|Från|Fra|Od|Lähettäjä|Expéditeur)\\s?:\\**\\s+\\S.*");

    private static final Pattern FIELD =
            Pattern.compile("\\**(Sent|To|Cc|Bcc|Subject|Date|Importance|Reply-To|Gesendet|An|Betreff"
                    + "|Datum|Priorität|Antwort an|Envoyé|À|Objet|Enviado( el)?|Para|Asunto|Fecha|CC|Inviato|A|Oggetto|Data|Verzonden"
                    + "|Aan|Onderwerp|Assunto|Skickat|Till|Ämne|Sendt|Til|Emne|Wysłano|Do|Temat)\\s?:\\**(\\s.*)?");

    private static final Pattern RULE =
            Pattern.compile("_{10,}|-{2,}\\s*\\p{L}[\\p{L}'’ ]{4,40}-{2,}|Begin forwarded message:");

    private static final Pattern ATTRIBUTION = Pattern.compile(
            "(On|Am|Le|El|Il|Op|Em|Den|W dniu|Dnia)\\b(?=.*\\d).*"
                    + "(wrote|schrieb( .*)?|a écrit|escribió|ha scritto|schreef( .*)?|escreveu|skrev( .*)?|napisał.*)[\\s\\u00a0]?:");

    private static final Pattern BOILERPLATE =
            Pattern.compile("Ref:\\s?MSG\\d\\S*|Click here to view (incident|ticket).*"
                    + "|\\d{1,4}[-./]\\d{1,2}[-./]\\d{1,4} \\d{1,2}:\\d{2}(:\\d{2})?( [AP]M)? - .+ ?(\\(.+\\)|Additional comments)"
                    + "|Unsubscribe\\s*\\|\\s*Notification Preferences");

    private static final Pattern NOTIFICATION = Pattern.compile(
            "(Short description|Description|Number|Incident|Priority|State|Category|Caller|Opened by|Assigned to)\\s?:.*"
                    + "|(Comments|Additional comments)\\s?:");

    private static final Pattern ADDRESS = Pattern.compile(
            "\\s?[<\\[(]?(mailto:)?(?<![^\\s<>\\[\\]():,;])[^\\s<>\\[\\]():,;]+@[^\\s<>\\[\\]():,;]+[>\\])]?");

    private MailMarks() {}

    /** Lines from one to another, both included, that announce a quotation. */
    record Separator(int from, int to) {}

    static List<Separator> separators(List<Line> lines) {
        List<Separator> found = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            int end = endOf(lines, at);
            if (end >= 0) {
                found.add(new Separator(at, end));
                at = end;
            }
            at++;
        }
        return found;
    }

    static boolean boilerplate(Line line) {
        return BOILERPLATE.matcher(line.bare()).matches();
    }

    static boolean notification(Line line) {
        return boilerplate(line) || NOTIFICATION.matcher(line.bare()).matches();
    }

    static String withoutAddresses(String line) {
        return ADDRESS.matcher(line).replaceAll("");
    }

    /** The last line of the separator that begins here, or -1. */
    private static int endOf(List<Line> lines, int at) {
        String line = lines.get(at).bare();
        if (RULE.matcher(line).matches()) {
            return at;
        }
        return SENDER.matcher(line).matches() ? endOfBlock(lines, at) : endOfAttribution(lines, at);
    }

    /** A block has its sender and at least two other fields; addresses may go on over several lines. */
    private static int endOfBlock(List<Line> lines, int at) {
        int fields = 0;
        int end = -1;
        for (int i = at + 1; i < Math.min(lines.size(), at + LONGEST_BLOCK); i++) {
            if (FIELD.matcher(lines.get(i).bare()).matches()) {
                fields++;
                end = i;
            } else if (lines.get(i).blank()) {
                break;
            }
        }
        return fields >= 2 ? end : -1;
    }

    private static int endOfAttribution(List<Line> lines, int at) {
        StringBuilder joined = new StringBuilder();
        for (int i = at; i < Math.min(lines.size(), at + LONGEST_ATTRIBUTION); i++) {
            if (lines.get(i).blank()) {
                return -1;
            }
            joined.append(i == at ? "" : " ").append(lines.get(i).bare());
            if (ATTRIBUTION.matcher(joined).matches()) {
                return i;
            }
        }
        return -1;
    }
}
