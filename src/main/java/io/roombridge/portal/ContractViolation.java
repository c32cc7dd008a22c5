package io.roombridge.portal;

import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;

/** An event breaks the contract at one place. Never leaves this package: {@link Decoded.Rejected} tells it to the others. */
final class ContractViolation extends RuntimeException {

    /** The event itself, as a JSON path. */
    static final NodePath EVENT = new NodePath(PathType.JSON_PATH);

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_PATH = 300;
    private static final int LONGEST_PROBLEM = 600;

    private final String path;
    private final String problem;

    ContractViolation(NodePath path, String problem) {
        super(problem, null, false, false);
        this.path = oneLine(path.toString(), LONGEST_PATH);
        this.problem = oneLine(problem, LONGEST_PROBLEM);
    }

    String path() {
        return path;
    }

    String problem() {
        return problem;
    }

    /** Both texts hold words of the sender and end in logs and in columns of limited width. */
    private static String oneLine(String text, int longest) {
        String clean = text.replaceAll("\\p{C}+", " ");
        return clean.length() <= longest ? clean : clean.substring(0, longest) + "...";
    }
}
