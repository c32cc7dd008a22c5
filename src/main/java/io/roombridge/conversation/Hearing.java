package io.roombridge.conversation;

import io.roombridge.mapping.Authorship;
import io.roombridge.mapping.MachineLine;
import io.roombridge.mapping.PlainText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides whose a journal entry is. The rule above all: a person's words are never taken for an echo; where that and the
 * rule against echoes meet, the words win, because the portal drops what it has already, and nothing brings back a reply.
 */
public final class Hearing {

    private static final String PLATFORM = "system";

    /** Where an instance that cuts long entries cuts them (facts/servicenow.md, section 2.7). */
    private static final int CUT = 4000;

    /** The white space that an instance may take from the end of what it cut. */
    private static final int CUT_SLACK = 4;

    /** A rule that copies a text may say so in a line before it. */
    private static final int LONGEST_WRAP = 200;

    private static final Pattern LATER_PART = Pattern.compile("\\(([2-9]|\\d{2,3})/\\d{1,3}\\)");

    private final Entry entry;
    private final OwnWrites own;
    private final String integrationUser;
    private final boolean rebuilt;
    private final boolean inboundMail;
    private final String plain;
    private final List<Line> lines;

    private Hearing(Entry entry, OwnWrites own, String integrationUser, boolean rebuilt) {
        this.entry = entry;
        this.own = own;
        this.integrationUser = integrationUser;
        this.rebuilt = rebuilt;
        String text = DeskText.plain(entry.text());
        this.inboundMail = DeskText.isMail(text);
        this.plain = DeskText.withoutMailSender(text);
        this.lines = plain.lines().map(Line::of).filter(line -> !line.blank()).toList();
    }

    /**
     * @param integrationUser the user name that the bridge writes under; people and programs may share it
     * @param rebuilt whether the bridge's memory is known not to reach back to this entry
     */
    public static Heard hear(Entry entry, OwnWrites own, String integrationUser, boolean rebuilt) {
        return new Hearing(entry, own, integrationUser, rebuilt).heard();
    }

    private Heard heard() {
        if (own.knows(entry.sysId())) {
            return new Heard.Echo("the bridge wrote this entry");
        }
        Quotation.Trimmed trimmed = Quotation.trim(plain, this::hashOf);
        Optional<String> echo = echo(trimmed);
        if (echo.isPresent()) {
            return new Heard.Echo(echo.get());
        }
        boolean somebodysMail = inboundMail || trimmed.ours() && trimmed.mail();
        if (entry.by(PLATFORM) && !somebodysMail) {
            return new Heard.Platform();
        }
        if (!entry.comment()) {
            return new Heard.Internal();
        }
        boolean strangers = entry.by(integrationUser) && wholeForm(trimmed);
        return new Heard.Speech(PlainText.of(trimmed.text()).strip(), !strangers);
    }

    private Optional<String> echo(Quotation.Trimmed trimmed) {
        if (trimmed.nothingLeft()) {
            return Optional.of("nothing in it but the bridge's own text");
        }
        if (entry.by(integrationUser) && signature().filter(own::openIntent).isPresent() && begun(trimmed)) {
            return Optional.of("it carries the reference of a write under way");
        }
        if (trimmed.proven() && copiedByRule(trimmed)) {
            return Optional.of("a rule of the instance copied the bridge's own text");
        }
        if (entry.by(integrationUser) && rebuilt && wholeForm(trimmed)) {
            return Optional.of("it has the form of the bridge's own, from before the rebuild");
        }
        if (byMachine() && !entry.comment() && endsWithMachineLine()) {
            return Optional.of("it is the note with the machine line");
        }
        if (entry.by(integrationUser) && cutOff()) {
            return Optional.of("it is the bridge's own, cut off by the instance");
        }
        return Optional.empty();
    }

    private Optional<String> hashOf(String reference) {
        return own.byReference(reference).map(OwnWrites.Own::bodyHash);
    }

    /** The reference in the last line; in any other it is a quotation. */
    private Optional<String> signature() {
        return last().filter(line -> !line.quoted()).flatMap(Line::reference);
    }

    private Optional<Line> last() {
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(lines.size() - 1));
    }

    private boolean byMachine() {
        return entry.by(integrationUser) || entry.by(PLATFORM);
    }

    /** With one line before it at most; a mail that quotes us has its announcement, and is somebody's. */
    private boolean copiedByRule(Quotation.Trimmed trimmed) {
        boolean wrapped = trimmed.text().length() <= LONGEST_WRAP
                && trimmed.text().lines().count() <= 1;
        boolean copied = entry.by(PLATFORM)
                || entry.by(integrationUser) && wrapped && signature().isPresent();
        return copied && !trimmed.mail() && !inboundMail;
    }

    /** Signed, begun as the bridge begins, and known to nobody: what is left when the memory is lost. */
    private boolean wholeForm(Quotation.Trimmed trimmed) {
        boolean unknown =
                signature().filter(reference -> hashOf(reference).isEmpty()).isPresent();
        boolean begun =
                !entry.comment() || Authorship.isWholeHeader(lines.get(0).bare()) || laterPart();
        long references = lines.stream()
                .filter(line -> line.reference().isPresent() && !line.quoted())
                .count();
        return unknown && references == 1 && begun(trimmed);
    }

    /** What a customer wrote may look like a mail, below the header; a mail that begins otherwise is somebody's. */
    private boolean begun(Quotation.Trimmed trimmed) {
        boolean header = Authorship.isWholeHeader(lines.get(0).bare());
        return header || !trimmed.mail() && (!entry.comment() || laterPart());
    }

    private boolean laterPart() {
        return lines.size() > 1
                && LATER_PART.matcher(lines.get(lines.size() - 2).bare()).matches();
    }

    private boolean endsWithMachineLine() {
        return last().flatMap(line -> MachineLine.parse(line.text())).isPresent();
    }

    /** The bridge writes less than this; an entry of exactly this length has lost its end, and the reference with it. */
    private boolean cutOff() {
        String text = entry.text();
        return !lines.isEmpty()
                && Authorship.isWholeHeader(lines.get(0).bare())
                && lines.stream().noneMatch(line -> line.reference().isPresent() && !line.quoted())
                && (nearCut(text.length()) || nearCut(text.codePointCount(0, text.length())));
    }

    private static boolean nearCut(int length) {
        return length <= CUT && length > CUT - CUT_SLACK;
    }
}
