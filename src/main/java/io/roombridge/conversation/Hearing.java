package io.roombridge.conversation;

/**
 * Decides whose a journal entry is. The rule above all: a person's words are never taken for an echo; where that and the
 * rule against echoes meet, the words win, because the portal drops what it has already, and nothing brings back a reply.
 */
public final class Hearing {

    private Hearing() {}

    /**
     * @param integrationUser the user name that the bridge writes under; people and programs may share it
     * @param rebuilt whether the bridge's memory is known not to reach back to this entry
     */
    public static Heard hear(Entry entry, OwnWrites own, String integrationUser, boolean rebuilt) {
        if (own.knows(entry.sysId())) {
            return new Heard.Echo("the bridge wrote this entry");
        }
        return entry.comment() ? new Heard.Speech(entry.text(), true) : new Heard.Internal();
    }
}
