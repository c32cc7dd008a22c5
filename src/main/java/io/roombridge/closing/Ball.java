package io.roombridge.closing;

import java.util.Locale;

/** Who has to act on a ticket. The inactivity clock runs only while it is the customer (design, section 3.6). */
public enum Ball {
    CUSTOMER,
    SOC,
    SYSTEM,
    VENDOR;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
