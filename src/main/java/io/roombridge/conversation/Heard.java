package io.roombridge.conversation;

/** What a journal entry is to the bridge. */
public sealed interface Heard {

    /** Why, in one clause for people. */
    String reason();

    /** The bridge's own words came back; they go nowhere. */
    record Echo(String reason) implements Heard {}

    /**
     * A comment for the portal.
     *
     * @param text plain text, quotations of the bridge taken out; blank when the entry showed nothing that is text
     * @param fromPerson false only where it has the bridge's form, under the integration user's name, and the bridge
     *     does not remember it: another bridge's, perhaps. It is passed on, and is nobody's activity
     */
    record Speech(String text, boolean fromPerson, String reason) implements Heard {

        public Speech(String text, boolean fromPerson) {
            this(
                    text,
                    fromPerson,
                    fromPerson ? "a person wrote it" : "signed like the bridge's own, and not remembered");
        }
    }

    /** A person's work note: activity, and it never leaves ServiceNow. */
    record Internal() implements Heard {

        @Override
        public String reason() {
            return "a person's work note";
        }
    }

    /** Written by ServiceNow itself, for example when it closes an incident. */
    record Platform() implements Heard {

        @Override
        public String reason() {
            return "written by ServiceNow itself";
        }
    }
}
