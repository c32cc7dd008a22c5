package io.roombridge.mapping;

import java.util.Locale;

/** What the bridge says in the portal, each with its own mapping file: {@code portal-comment.jslt} and so on. */
public enum MessageKind {
    /** A comment that somebody wrote in ServiceNow. */
    COMMENT,
    /** The incident was put on hold. */
    ON_HOLD,
    /** A person resolved the incident. */
    RESOLVED,
    /** A person took up again what was resolved. */
    REOPENED,
    /** The incident was canceled. */
    CANCELED,
    /** The incident was deleted by an administrator. */
    DELETED,
    /** The answer to a message that came after the incident was closed. */
    CLOSED;

    public String file() {
        return "portal-" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ".jslt";
    }
}
