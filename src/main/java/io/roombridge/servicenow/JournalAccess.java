package io.roombridge.servicenow;

/** What the integration user gets to see of an incident's journal (facts/servicenow.md, section 2.7). */
public enum JournalAccess {
    /** The journal table gives entries. */
    READABLE,
    /** The table answers 200 without a row although the incident shows entries: its ACL does not let this user read. */
    HIDDEN,
    /** Neither has an entry, so nothing is proven. */
    NO_ENTRIES
}
