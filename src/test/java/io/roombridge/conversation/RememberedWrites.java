package io.roombridge.conversation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A ledger in memory. */
final class RememberedWrites implements OwnWrites {

    private final Map<String, Own> byReference = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private final Set<String> open = new HashSet<>();

    /** The text as it is written, signed. */
    String write(String body, String reference) {
        byReference.put(reference, new Own(TextHash.of(body)));
        return body + "\n\nref " + reference;
    }

    /** A write whose result is not known. */
    String begin(String body, String reference) {
        open.add(reference);
        return write(body, reference);
    }

    void know(String sysId) {
        known.add(sysId);
    }

    @Override
    public boolean knows(String entrySysId) {
        return known.contains(entrySysId);
    }

    @Override
    public Optional<Own> byReference(String reference) {
        return Optional.ofNullable(byReference.get(reference));
    }

    @Override
    public boolean openIntent(String reference) {
        return open.contains(reference);
    }
}
