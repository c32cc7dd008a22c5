package io.roombridge;

import io.roombridge.config.BadConfiguration;
import io.roombridge.mapping.BadMappings;
import io.roombridge.mapping.MappingFailed;
import io.roombridge.ops.Refusal;
import io.roombridge.rebuild.Rebuild.JournalHidden;
import io.roombridge.servicenow.ServiceNowFailure;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line (exit codes: 0 ok, 1 failure, 2 usage, 78 bad configuration). */
@Command(
        name = "roombridge",
        description = "The bridge between Microsoft Teams Rooms Pro Management and ServiceNow.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            RunCommand.class,
            SandboxCommand.class,
            CheckCommand.class,
            DoctorCommand.class,
            MappingCommand.class,
            ClosingCommand.class,
            DeadCommand.class,
            TicketsCommand.class,
            RebuildCommand.class,
            RewindCommand.class,
            ReconcileCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            PausesCommand.class,
            AuditCommand.class,
            ReportCommand.class,
            MuteCommand.class,
            UnmuteCommand.class,
            MutesCommand.class,
            ImportCommand.class,
            AdoptCommand.class,
            AdoptionsCommand.class,
            EraseCommand.class
        })
public final class Main implements Runnable {

    static final int FAILURE = 1;
    static final int BAD_CONFIGURATION = 78;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private Main() {}

    public static void main(String[] args) {
        // The Azure SDK leaves threads behind that are no daemons: the process is ended explicitly.
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::explain);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is required");
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println(failure.getMessage());
        if (failure instanceof BadConfiguration || failure instanceof BadMappings) {
            return BAD_CONFIGURATION;
        }
        if (!saysAllItself(failure)) {
            failure.printStackTrace(command.getErr());
        }
        return FAILURE;
    }

    /** What lies outside the bridge is told in words that a person can act on; only a defect of ours needs its stack. */
    private static boolean saysAllItself(Exception failure) {
        return failure instanceof CannotStart
                || failure instanceof Refusal
                || failure instanceof ServiceNowFailure
                || failure instanceof JournalHidden
                || failure instanceof MappingFailed
                || failure instanceof UncheckedIOException;
    }

    /** From the jar's manifest. */
    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"roombridge " + version()};
        }
    }
}
