package io.roombridge.route;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Signals that break and heal at random, the same for the same seed, and what is known of them. */
final class Campaign {

    private static final List<String> SEVERITIES = List.of("warning", "important", "critical");

    private final Random random;
    private final List<Course> courses = new ArrayList<>();

    /** One signal of one room. */
    static final class Course {

        final String room;
        final String signal;
        private boolean unhealthy;
        private boolean known;
        private long sequence;
        private int occurrence;
        private Instant created;

        private Course(String room, String signal) {
            this.room = room;
            this.signal = signal;
        }
    }

    Campaign(long seed, List<String> rooms, List<String> signals) {
        random = new Random(seed);
        rooms.forEach(room -> signals.forEach(signal -> courses.add(new Course(room, signal))));
    }

    int minutesToTheNext(int most) {
        return 1 + random.nextInt(most);
    }

    /** What happens next, somewhere. */
    PortalEvent next(Instant now) {
        Course course = courses.get(random.nextInt(courses.size()));
        course.sequence++;
        if (course.unhealthy && random.nextInt(3) == 0) {
            return event(course, now).severity(course.sequence, SEVERITIES.get(random.nextInt(3)));
        }
        course.unhealthy = !course.unhealthy;
        if (!course.unhealthy) {
            return event(course, now).resolved(course.sequence);
        }
        course.occurrence++;
        if (course.known) {
            return event(course, now).reopened(course.sequence, course.occurrence);
        }
        course.known = true;
        course.created = now;
        return event(course, now).opened(course.sequence);
    }

    private static PortalEvent event(Course course, Instant now) {
        boolean lisbon = course.room.startsWith("in");
        return PortalEvent.of(course.room, course.signal)
                .in(lisbon ? "PT" : "DE-BE", lisbon ? "Europe/Lisbon" : "Europe/Berlin", "system")
                .at(now)
                .createdAt(course.created == null ? now : course.created)
                .occurrence(Math.max(1, course.occurrence));
    }

    /** The signals that are unhealthy now, of all that the portal ever named. */
    Set<Course> unhealthy() {
        Set<Course> found = new HashSet<>();
        courses.stream().filter(course -> course.unhealthy).forEach(found::add);
        return found;
    }
}
