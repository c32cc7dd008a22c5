package io.roombridge.conversation;

import io.roombridge.mapping.Authorship;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the bridge's own entries back: what is known of them when the memory is lost. */
public final class OwnTexts {

    private static final Pattern PART = Pattern.compile("\\((\\d{1,3})/(\\d{1,3})\\)");

    private OwnTexts() {}

    /**
     * An entry of the bridge's own.
     *
     * @param reference of its last line
     * @param body the text above it
     */
    public record Signed(String reference, String body) {

        /** By which the text is known again when it is quoted. */
        public String bodyHash() {
            return TextHash.of(body);
        }
    }

    /** Empty for an entry whose last line is no reference. */
    public static Optional<Signed> signed(String entry) {
        List<String> lines = entry.stripTrailing().lines().toList();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        return Line.of(lines.get(lines.size() - 1))
                .reference()
                .map(reference -> new Signed(
                        reference,
                        String.join("\n", lines.subList(0, lines.size() - 1)).strip()));
    }

    /**
     * The hash of each text in these entries that begins with a header: a note of what automation said has several.
     *
     * @param bodies oldest first; the parts of a text that was split belong together
     */
    public static List<String> hashesOfTexts(List<String> bodies) {
        List<String> hashes = new ArrayList<>();
        for (String whole : joined(bodies)) {
            List<String> text = new ArrayList<>();
            for (String line : whole.lines().toList()) {
                if (Authorship.isWholeHeader(line) && !text.isEmpty()) {
                    hashes.add(TextHash.ofLines(text));
                    text.clear();
                }
                text.add(line);
            }
            hashes.add(TextHash.ofLines(text));
        }
        return hashes;
    }

    private static List<String> joined(List<String> bodies) {
        List<String> wholes = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String body : bodies) {
            int end = body.lastIndexOf('\n') + 1;
            Matcher part = PART.matcher(body.substring(end).strip());
            boolean isPart = part.matches();
            open.append(isPart ? body.substring(0, end) : body);
            if (!isPart || part.group(1).equals(part.group(2))) {
                wholes.add(open.toString());
                open.setLength(0);
            }
        }
        if (!open.isEmpty()) {
            wholes.add(open.toString());
        }
        return wholes;
    }
}
