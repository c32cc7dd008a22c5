package io.roombridge.doctor;

import java.util.List;

/** Looks at one thing. May do so once; what it throws becomes a red finding of its own and hides no other probe's. */
@FunctionalInterface
public interface Probe {

    List<Finding> look();
}
