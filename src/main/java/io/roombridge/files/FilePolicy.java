package io.roombridge.files;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which files may travel in one direction. Pure; the decision has its reason, in words for the note that stands in for a
 * file that stays.
 *
 * @param allows which kinds
 * @param maxBytes the largest file
 * @param refused extensions that never travel, besides programs, which never do
 */
public record FilePolicy(Allows allows, long maxBytes, Set<String> refused) {

    /** The kinds of files that may travel. */
    public enum Allows {
        OFF,
        DOCUMENTS_AND_IMAGES,
        ALL
    }

    /** Where a file goes. */
    public enum Direction {
        TO_SERVICENOW,
        TO_PORTAL
    }

    /**
     * @param allowed whether it may travel
     * @param internal a log bundle: it travels, and its note says that it is for the desk only
     * @param why in words; empty where nothing has to be said
     */
    public record Decision(boolean allowed, boolean internal, String why) {

        private static Decision refused(String why) {
            return new Decision(false, false, why);
        }
    }

    public FilePolicy {
        refused = refused.stream()
                .map(extension -> extension.strip().replaceFirst("^\\.", "").toLowerCase(Locale.ROOT))
                .filter(extension -> !extension.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param name as it was given; a name that would be made safe is judged by its safe form too
     * @param size in bytes
     */
    public Decision judge(Direction direction, String name, String type, long size) {
        String extension = FileName.extension(FileName.safe(name));
        if (allows == Allows.OFF) {
            return Decision.refused("attachments are switched off in this direction");
        }
        if (size > maxBytes) {
            return Decision.refused("it is larger than the limit of " + FileSize.of(maxBytes));
        }
        if (Extensions.PROGRAMS.contains(extension) || refused.contains(extension) || isProgram(type)) {
            return Decision.refused("files of the kind ." + extension + " (" + type + ") are not let through");
        }
        boolean log = Extensions.LOGS.contains(extension);
        boolean usual = Extensions.DOCUMENTS_AND_IMAGES.contains(extension);
        if (log && direction == Direction.TO_SERVICENOW) {
            return new Decision(true, true, "");
        }
        if (allows == Allows.ALL || usual) {
            return new Decision(true, false, "");
        }
        return Decision.refused(
                extension.isEmpty()
                        ? "its name has no extension, so nobody can tell what it is"
                        : "files of the kind ." + extension + " are neither documents nor pictures");
    }

    private static boolean isProgram(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.contains("x-msdownload")
                || lower.contains("x-msdos-program")
                || lower.contains("x-executable")
                || lower.contains("x-sh")
                || lower.contains("javascript")
                || lower.contains("text/html")
                || lower.contains("svg+xml");
    }
}
