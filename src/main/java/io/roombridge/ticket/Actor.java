package io.roombridge.ticket;

import java.util.Locale;
import java.util.Optional;

/** Who did something on the portal's side. */
public record Actor(Type type, Optional<String> id, Optional<String> displayName) {

    /** The kinds of actor of the event contract (facts/portal.md, section 9.2). */
    public enum Type {
        BOT,
        CUSTOMER,
        PARTNER,
        SERVICE,
        BRIDGE;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** A person, as opposed to automation or this bridge. */
        public boolean human() {
            return this == CUSTOMER || this == PARTNER;
        }

        public static Optional<Type> of(String label) {
            return Labels.find(values(), Type::label, label);
        }
    }
}
