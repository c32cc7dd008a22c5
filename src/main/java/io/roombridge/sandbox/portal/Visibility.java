package io.roombridge.sandbox.portal;

/** Who may read an entry of a ticket on the portal. */
public enum Visibility {
    /** Everybody who sees the ticket, the customer above all. */
    CUSTOMER("customer"),
    /** Only those who run the service: bots write most of it. */
    INTERNAL("internal");

    private final String label;

    Visibility(String label) {
        this.label = label;
    }

    /** The contract's word. */
    String label() {
        return label;
    }

    static Visibility labelled(String label) {
        return label.equals(CUSTOMER.label) ? CUSTOMER : INTERNAL;
    }
}
