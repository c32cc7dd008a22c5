package io.roombridge.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Takes the bridge's own text out of an entry that quotes it, and leaves every word of the person. What goes is proven to
 * be ours by the hash that the ledger keeps, or marked as quoted line by line; around it go the announcements of mail
 * programs. All else stays, so an answer between quoted lines survives, and a quotation that a mail program mangled may
 * stay too. Without our reference or header in it, the text is not touched.
 */
final class Quotation {

    private static final int MOST_REFERENCES = 50;

    private final List<Line> lines;
    private final String[] kept;
    private final boolean[] gone;
    private final List<MailMarks.Separator> separators;

    /**
     * @param text what remains
     * @param ours whether something of the bridge's was in it
     * @param proven whether its hash was known
     * @param mail whether a mail program's announcement was in it, outside of the bridge's own text
     */
    record Trimmed(String text, boolean ours, boolean proven, boolean mail) {

        boolean nothingLeft() {
            return ours && TextHash.letters(text).isEmpty();
        }
    }

    private Quotation(String plain) {
        this.lines = plain.lines().map(Line::of).toList();
        this.kept = lines.stream().map(Line::text).toArray(String[]::new);
        this.gone = new boolean[kept.length];
        this.separators = MailMarks.separators(lines);
    }

    /** @param hashOf the hash of what was written under a reference, if it is known */
    static Trimmed trim(String plain, Function<String, Optional<String>> hashOf) {
        Quotation quotation = new Quotation(plain);
        if (quotation.lines.stream().noneMatch(line -> line.ours() || OwnBlock.headerInside(line))) {
            return new Trimmed(plain, false, false, false);
        }
        boolean proven = quotation.removeProven(hashOf);
        boolean mail = quotation.separators.stream().anyMatch(separator -> !quotation.gone[separator.from()]);
        boolean marked = quotation.removeMarked();
        if (proven || marked) {
            quotation.removeAnnouncements();
            quotation.removeEmptyMarks();
        }
        return new Trimmed(quotation.text(), proven || marked, proven, mail);
    }

    /** From the last to the first: a text of ours may quote an earlier one, and has to be found whole. */
    private boolean removeProven(Function<String, Optional<String>> hashOf) {
        boolean found = false;
        int asked = 0;
        for (int at = lines.size() - 1; at >= 0 && asked < MOST_REFERENCES; at--) {
            Optional<String> reference =
                    gone[at] ? Optional.empty() : lines.get(at).reference();
            Optional<String> hash = reference.flatMap(hashOf);
            asked += reference.isPresent() ? 1 : 0;
            if (hash.isPresent()) {
                Optional<OwnBlock> block = OwnBlock.endingAt(lines, at, hash.get());
                block.ifPresent(this::remove);
                found |= block.isPresent();
            }
        }
        return found;
    }

    private void remove(OwnBlock block) {
        for (int i = block.from(); i <= block.to(); i++) {
            gone[i] = true;
        }
        if (block.offset() > 0) {
            gone[block.from()] = false;
            kept[block.from()] = lines.get(block.from()).text().substring(0, block.offset());
        }
    }

    /**
     * Lines marked as quoted, in a stretch with a line of ours. Where a person wrote between the lines, the quotation is
     * what the answers are about: it stays, only our own marks go.
     */
    private boolean removeMarked() {
        int[] ours = IntStream.range(0, lines.size())
                .filter(at -> !gone[at] && lines.get(at).ours())
                .toArray();
        if (ours.length == 0) {
            return false;
        }
        boolean inline = answeredBetween(ours[0], ours[ours.length - 1]);
        for (int at : ours) {
            gone[at] = true;
            if (!inline && lines.get(at).quoted()) {
                removeStretch(at);
            }
        }
        return true;
    }

    private boolean answeredBetween(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .anyMatch(at -> !gone[at]
                        && !lines.get(at).quoted()
                        && !lines.get(at).blank()
                        && !lines.get(at).ours());
    }

    private void removeStretch(int at) {
        for (int i = at - 1; i >= 0 && inStretch(i); i--) {
            gone[i] = true;
        }
        for (int i = at + 1; i < lines.size() && inStretch(i); i++) {
            gone[i] = true;
        }
    }

    private boolean inStretch(int at) {
        return lines.get(at).quoted() || lines.get(at).blank();
    }

    /** Announcements of what is gone go with it; others stay, without mail addresses. */
    private void removeAnnouncements() {
        removeBoilerplate();
        for (int i = separators.size() - 1; i >= 0; i--) {
            MailMarks.Separator separator = separators.get(i);
            OptionalInt next = IntStream.range(separator.to() + 1, lines.size())
                    .filter(at -> gone[at] || !lines.get(at).blank())
                    .findFirst();
            boolean announcesNothing = next.isEmpty() || gone[next.getAsInt()];
            for (int at = separator.from(); at <= separator.to(); at++) {
                gone[at] |= announcesNothing;
                kept[at] = MailMarks.withoutAddresses(kept[at]);
            }
        }
    }

    /** Marks of quotation with nothing behind them, beside what is gone. */
    private void removeEmptyMarks() {
        for (int at = 1; at < lines.size(); at++) {
            gone[at] |= gone[at - 1] && emptyMark(at);
        }
        for (int at = lines.size() - 2; at >= 0; at--) {
            gone[at] |= gone[at + 1] && emptyMark(at);
        }
    }

    private boolean emptyMark(int at) {
        return lines.get(at).quoted() && lines.get(at).blank();
    }

    /** What a notification puts directly before and after the comment that it tells of. */
    private void removeBoilerplate() {
        boolean beside = false;
        for (int at = 0; at < lines.size(); at++) {
            beside = gone[at] || beside && (lines.get(at).blank() || MailMarks.boilerplate(lines.get(at)));
            gone[at] |= beside && !lines.get(at).blank();
        }
        for (int at = lines.size() - 1; at > 0; at--) {
            if (gone[at] && !gone[at - 1]) {
                removeAbove(at);
            }
        }
    }

    /** Labels such as "Priority: 1" are a notification's only between an announcement and the comment. */
    private void removeAbove(int block) {
        int at = block - 1;
        while (at >= 0 && !gone[at] && (lines.get(at).blank() || MailMarks.boilerplate(lines.get(at)))) {
            gone[at] = !lines.get(at).blank();
            at--;
        }
        int label = at;
        while (label >= 0 && !gone[label] && (lines.get(label).blank() || MailMarks.notification(lines.get(label)))) {
            label--;
        }
        int announcement = label;
        if (separators.stream().anyMatch(separator -> separator.to() == announcement)) {
            for (int i = label + 1; i <= at; i++) {
                gone[i] = true;
            }
        }
    }

    private String text() {
        List<String> words = new ArrayList<>();
        for (int at = 0; at < kept.length; at++) {
            boolean doubleGap = !words.isEmpty() && words.get(words.size() - 1).isBlank() && kept[at].isBlank();
            if (!gone[at] && !doubleGap) {
                words.add(kept[at].stripTrailing());
            }
        }
        return String.join("\n", words).strip();
    }
}
