package io.roombridge;

import io.roombridge.closing.Calendars;
import io.roombridge.closing.ExplainRequest;
import io.roombridge.closing.Explanation;
import io.roombridge.closing.Finding;
import io.roombridge.closing.InactivityRule;
import io.roombridge.closing.TimeZones;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Explains when an inactive ticket would be due, day by day. The closing itself is not part of this version. */
@Command(
        name = "closing",
        mixinStandardHelpOptions = true,
        description = "Explain when a ticket without activity is due, by the business days of its region.")
final class ClosingCommand implements Callable<Integer> {

    @Option(names = "--explain", required = true, description = "Print the due instant and every skipped day.")
    private boolean explain;

    @Option(
            names = "--region",
            required = true,
            paramLabel = "CODE",
            description = "ISO 3166 code of the room's region, for example DE-BY.")
    private String region;

    @Option(
            names = "--class",
            required = true,
            paramLabel = "customer|system",
            description = "Who started the ticket: 3 business days for customer, 15 for system.")
    private String ticketClass;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            description = "Since when the customer has had the ball, for example 2026-12-23T10:00+01:00.")
    private String from;

    @Option(names = "--zone", paramLabel = "ZONE", description = "The room's time zone, IANA or Windows id.")
    private String zone;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Finding<Explanation> explanation = ExplainRequest.parse(region, ticketClass, from, Optional.ofNullable(zone))
                .then(request ->
                        Explanation.of(new Calendars(), new TimeZones(), InactivityRule.OF_THE_SERVICE, request));
        Explanation found = explanation
                .toOptional()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), explanation.refusal().orElse("there is no answer")));
        spec.commandLine().getOut().println(json ? found.json() : found.text());
        return 0;
    }
}
