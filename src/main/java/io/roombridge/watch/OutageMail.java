package io.roombridge.watch;

import io.roombridge.correlation.Outages;
import io.roombridge.correlation.Outages.Outage;
import io.roombridge.log.Recurring;
import io.roombridge.route.Desk;
import io.roombridge.route.Desks;
import io.roombridge.ticket.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people by mail what cannot stand in ServiceNow, because ServiceNow itself is away: one mail for each outage, and one
 * when it is over. A mail that its server does not take is tried again at the next look, and holds up nothing.
 */
public final class OutageMail {

    /** An instance that is tried again by a single call is not back yet. */
    static final Duration CALM = Duration.ofMinutes(5);

    private static final String LETTER = "roombridge.letter";
    private static final Logger LOG = LoggerFactory.getLogger(OutageMail.class);

    private final Outages outages;
    private final Desks desks;
    private final Duration after;
    private final Clock machine;
    private final Map<String, Instant> wellSince = new ConcurrentHashMap<>();
    private final Recurring mailing = new Recurring(LOG);

    /**
     * A mail about an instance.
     *
     * @param away whether it tells the beginning of an outage; else its end
     */
    public record Letter(String instance, boolean away, String subject, String text) {}

    /** @param after how long an instance has to be away before people are told */
    public OutageMail(Outages outages, Desks desks, Duration after, Clock machine) {
        this.outages = outages;
        this.desks = desks;
        this.after = after;
        this.machine = machine;
    }

    /** For the route: what people have to be told now. */
    public synchronized List<Letter> due() {
        return desks.all().stream().map(this::due).flatMap(Optional::stream).toList();
    }

    private Optional<Letter> due(Desk desk) {
        Instant now = machine.instant();
        Optional<Outage> known = outages.of(desk.name());
        Optional<Reason> troubled =
                desk.gateway().standing().troubled().filter(reason -> reason != Reason.RATE_LIMITED);
        if (troubled.isPresent()) {
            wellSince.remove(desk.name());
            if (known.isEmpty()) {
                outages.begin(desk.name(), now);
            }
            return known.filter(outage -> outage.mailedAt().isEmpty())
                    .filter(outage -> !now.isBefore(outage.since().plus(after)))
                    .map(outage -> away(desk.name(), outage.since(), troubled.get()));
        }
        return known.flatMap(outage -> calm(desk.name(), now) ? over(desk.name(), outage, now) : Optional.empty());
    }

    private boolean calm(String instance, Instant now) {
        return !now.isBefore(wellSince.computeIfAbsent(instance, well -> now).plus(CALM));
    }

    private Optional<Letter> over(String instance, Outage outage, Instant now) {
        if (outage.mailedAt().isEmpty()) {
            outages.end(instance);
            return Optional.empty();
        }
        return Optional.of(new Letter(
                instance,
                false,
                "Roombridge: ServiceNow " + instance + " is back",
                "ServiceNow (" + instance + "), away since " + outage.since() + ", has answered again for "
                        + CALM.toMinutes() + " minutes. What waited is written by itself (" + now + ")."));
    }

    private static Letter away(String instance, Instant since, Reason reason) {
        return new Letter(
                instance,
                true,
                "Roombridge: ServiceNow " + instance + " does not answer",
                "ServiceNow (" + instance + ") has not taken calls of the bridge since " + since + ": " + reason.label()
                        + ", " + reason.meaning()
                        + ".\n\nNothing is lost: events wait in the hub and are written when it"
                        + " is back. What to do: docs/operations.md, \"RoombridgeServiceNowAway\" and"
                        + " \"RoombridgeServiceNowRefusesLogin\".\n\nAnother mail follows when it is over.");
    }

    /** Makes the mail. No header of the schedule travels with it, and no line break in a subject. */
    public void write(@Body Letter letter, Exchange exchange) {
        exchange.setProperty(LETTER, letter);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader("Subject", letter.subject().replaceAll("\\p{Cntrl}", " "));
        exchange.getMessage().setBody(letter.text());
    }

    /** The server took it. */
    public synchronized void sent(@ExchangeProperty(LETTER) Letter letter) {
        if (letter.away()) {
            outages.mailed(letter.instance(), machine.instant());
        } else {
            outages.end(letter.instance());
            wellSince.remove(letter.instance());
        }
        mailing.over("mail").log("mails can be sent again");
        LOG.atInfo()
                .addKeyValue("instance", letter.instance())
                .log(
                        letter.away()
                                ? "people were told by mail that it is away"
                                : "people were told by mail that it is back");
    }

    /** The server did not take it. */
    public synchronized void notSent(
            @ExchangeProperty(LETTER) Letter letter, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        mailing.failed("mail")
                .addKeyValue("instance", letter.instance())
                .addKeyValue("why", failure.getMessage())
                .log("a mail could not be sent; it is tried again");
    }
}
