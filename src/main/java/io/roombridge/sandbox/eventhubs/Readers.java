package io.roombridge.sandbox.eventhubs;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The receivers of one consumer group on one partition. A receiver with an epoch owns the partition: it puts out
 * whoever reads with a smaller or equal epoch or with none, and keeps everybody else away (facts/eventhubs.md §3.8).
 * This is what keeps two bridges from both reading a partition for long.
 */
final class Readers {

    private static final int MOST_WITHOUT_EPOCH = 5;

    private final List<ReceiveLink> present = new ArrayList<>();

    /** Lets the newcomer in; those whom it replaces are detached first. */
    void admit(ReceiveLink newcomer) throws Refusal {
        OptionalLong owner = present.stream()
                .map(ReceiveLink::epoch)
                .flatMapToLong(OptionalLong::stream)
                .max();
        if (newcomer.epoch().isPresent()) {
            takeOver(newcomer.epoch().getAsLong(), owner);
        } else {
            requireRoom(owner);
        }
        present.add(newcomer);
    }

    private void takeOver(long epoch, OptionalLong owner) throws Refusal {
        if (owner.isPresent() && owner.getAsLong() > epoch) {
            throw Refusal.stolen(
                    "A receiver with epoch " + owner.getAsLong() + " owns the partition, offered was " + epoch + ".");
        }
        Refusal reason = Refusal.stolen("A receiver with epoch " + epoch + " took the partition over.");
        List.copyOf(present).forEach(reader -> reader.detach(reason));
    }

    private void requireRoom(OptionalLong owner) throws Refusal {
        if (owner.isPresent()) {
            throw Refusal.stolen("A receiver with epoch " + owner.getAsLong() + " owns the partition.");
        }
        if (present.size() >= MOST_WITHOUT_EPOCH) {
            throw Refusal.tooManyReceivers(MOST_WITHOUT_EPOCH);
        }
    }

    /** The receiver is gone; it says so itself when it is detached. */
    void remove(ReceiveLink reader) {
        present.remove(reader);
    }

    Stream<ReceiveLink> stream() {
        return present.stream();
    }
}
