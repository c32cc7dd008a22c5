package io.roombridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.closing.Calendars;
import io.roombridge.closing.ExplainRequest;
import io.roombridge.closing.Explanation;
import io.roombridge.closing.Finding;
import io.roombridge.closing.InactivityRule;
import io.roombridge.closing.TimeZones;
import io.roombridge.ops.Call;
import io.roombridge.ops.ClosingEndpoints;
import io.roombridge.ops.SimulationEndpoint;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says when inactive tickets are closed and why, what a rule would have done, and releases the brake. */
@Command(
        name = "closing",
        mixinStandardHelpOptions = true,
        description =
                "Explain when a ticket without activity is due, list what will be closed and when, or replay the past.",
        subcommands = ClosingReleaseCommand.class)
final class ClosingCommand implements Callable<Integer> {

    private static final Pattern DAYS = Pattern.compile("(\\d{1,4})([dh])");

    @ArgGroup(multiplicity = "0..1")
    private Question question;

    @Option(
            names = "--region",
            paramLabel = "CODE",
            description = "With --explain: ISO 3166 code of the room's region, for example DE-BY.")
    private String region;

    @Option(
            names = "--class",
            paramLabel = "customer|system",
            description = "With --explain: who started the ticket: 3 business days for customer, 15 for system.")
    private String ticketClass;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "With --explain: since when the customer has had the ball: 2026-12-23T10:00+01:00.")
    private String from;

    @Option(names = "--zone", paramLabel = "ZONE", description = "The room's time zone, IANA or Windows id.")
    private String zone;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--csv", description = "With --within and --simulate: print comma separated values.")
    private boolean csv;

    @Mixin
    private SimulationOptions proposal;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    /** What is asked. */
    static final class Question {

        @Option(names = "--explain", description = "Print the due instant and every skipped day.")
        private boolean explain;

        @Option(
                names = "--within",
                paramLabel = "TIME",
                description = "List what is closed within this time, for example 7d or 12h, if nobody acts.")
        private String within;

        @Option(
                names = "--simulate",
                description = "Replay the recorded past: what would have been closed, and who spoke against it later?")
        private boolean simulate;
    }

    @Override
    public Integer call() {
        if (question == null) {
            throw usage(
                    "say what you want to know: --explain, --within=TIME or --simulate, or release the brake with: release");
        }
        return question.explain ? explain() : question.simulate ? simulate() : within();
    }

    private int explain() {
        Finding<Explanation> explanation = ExplainRequest.parse(
                        required("--region=CODE", region),
                        required("--class=customer|system", ticketClass),
                        required("--from=TIME", from),
                        Optional.ofNullable(zone))
                .then(request ->
                        Explanation.of(new Calendars(), new TimeZones(), InactivityRule.OF_THE_SERVICE, request));
        Explanation found = explanation
                .toOptional()
                .orElseThrow(() -> usage(explanation.refusal().orElse("there is no answer")));
        spec.commandLine().getOut().println(json ? found.json() : found.text());
        return 0;
    }

    private int within() {
        Duration time = duration(question.within);
        ClosingTable table = new ClosingTable(AskBridge.with(
                options.read(),
                bridge -> bridge.ask(Call.get(ClosingEndpoints.EXPECTED, Map.of("within", time.toString())))));
        String text = json ? table.json() : csv ? table.csv() : table.text();
        spec.commandLine().getOut().println(text);
        return 0;
    }

    private int simulate() {
        ObjectNode proposed;
        try {
            proposed = proposal.proposal();
        } catch (IllegalArgumentException wrong) {
            throw usage(wrong.getMessage());
        }
        SimulationReport report = new SimulationReport(
                AskBridge.with(options.read(), bridge -> bridge.ask(Call.post(SimulationEndpoint.PATH, proposed))));
        String text = json ? report.json() : csv ? report.csv() : report.text();
        spec.commandLine().getOut().println(text);
        return 0;
    }

    private String required(String option, String value) {
        if (value == null) {
            throw usage("Missing required option: '" + option + "'");
        }
        return value;
    }

    private Duration duration(String text) {
        Matcher matcher = DAYS.matcher(text);
        if (!matcher.matches()) {
            throw usage("--within \"" + text + "\" is no time: expected days or hours, such as 7d or 12h");
        }
        long count = Long.parseLong(matcher.group(1));
        return matcher.group(2).equals("d") ? Duration.ofDays(count) : Duration.ofHours(count);
    }

    private ParameterException usage(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
