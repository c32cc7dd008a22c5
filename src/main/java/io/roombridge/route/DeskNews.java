package io.roombridge.route;

import io.roombridge.servicenow.IncidentRecord;
import io.roombridge.ticket.Incident;
import io.roombridge.ticket.IncidentState;
import io.roombridge.ticket.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an incident shows that the portal has not been told. Pure: the difference between the incident as it was read and
 * {@link Incident#told()} (design, section 3.8). The bridge's own writes count as told, so they are no news.
 *
 * @param news in the order in which the portal is told
 * @param incident the incident as it is to be recorded, with the news told
 */
record DeskNews(List<News> news, Incident incident) {

    /** One thing to be told. */
    sealed interface News {

        /** For the ticket's history. */
        String said();

        /** The incident's number, the first time it is seen. */
        record Linked() implements News {
            @Override
            public String said() {
                return "its number is shown at the portal's ticket";
            }
        }

        /** Assigned, or in progress: somebody works on it. */
        record Taken() implements News {
            @Override
            public String said() {
                return "somebody works on it";
            }
        }

        record OnHold(String holdReason) implements News {
            @Override
            public String said() {
                return "put on hold, reason " + holdReason;
            }
        }

        /** A person resolved it, or closed it without resolving it first. */
        record Resolved(String closeCode) implements News {
            @Override
            public String said() {
                return "resolved by a person with code " + closeCode;
            }
        }

        /** A person took up again what was resolved. */
        record Reopened() implements News {
            @Override
            public String said() {
                return "taken up again";
            }
        }

        record Canceled() implements News {
            @Override
            public String said() {
                return "canceled";
            }
        }
    }

    /** Nothing is told now. */
    static DeskNews none(Incident known) {
        return new DeskNews(List.of(), known);
    }

    static DeskNews of(Incident known, IncidentRecord read) {
        List<News> news = new ArrayList<>();
        Told told = known.told();
        if (!told.linked()) {
            news.add(new News.Linked());
            told = told.withLink();
        }
        // An instance may have states of its own; they are taken for work in progress, as the write path does.
        IncidentState state = read.state().orElse(IncidentState.IN_PROGRESS);
        boolean taken = state == IncidentState.IN_PROGRESS
                || (state.active() && !read.assignedTo().isEmpty());
        if (taken && !told.acknowledged()) {
            news.add(new News.Taken());
            told = told.withAcknowledgement();
        }
        ofState(state, read, told).ifPresent(news::add);
        Optional<String> reason = state == IncidentState.ON_HOLD ? Optional.of(read.holdReason()) : Optional.empty();
        return new DeskNews(List.copyOf(news), known.withState(state).telling(told.withState(state, reason)));
    }

    /** Whether a person resolved the incident, as far as the portal does not know yet. */
    boolean resolvedByPerson() {
        return news.stream().anyMatch(News.Resolved.class::isInstance);
    }

    private static Optional<News> ofState(IncidentState state, IncidentRecord read, Told told) {
        boolean wasOver = !told.state().active();
        return switch (state) {
            case NEW, IN_PROGRESS -> wasOver ? Optional.of(new News.Reopened()) : Optional.empty();
            case ON_HOLD -> {
                boolean toldBefore = told.state() == IncidentState.ON_HOLD
                        && told.holdReason().equals(Optional.of(read.holdReason()));
                yield toldBefore ? Optional.empty() : Optional.of(new News.OnHold(read.holdReason()));
            }
            // Resolved becomes Closed by ServiceNow's own job: the normal end of an incident, and no news.
            case RESOLVED, CLOSED ->
                told.state() == IncidentState.RESOLVED || told.state() == IncidentState.CLOSED
                        ? Optional.empty()
                        : Optional.of(new News.Resolved(read.closeCode()));
            case CANCELED ->
                told.state() == IncidentState.CANCELED ? Optional.empty() : Optional.of(new News.Canceled());
        };
    }
}
