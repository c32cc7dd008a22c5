package io.roombridge;

import io.roombridge.mapping.MappingDirectory;
import io.roombridge.mapping.MappingTests;
import io.roombridge.mapping.MappingVersion;
import io.roombridge.mapping.Serving;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What an administrator does with mapping files (docs/mapping.md). */
@Command(
        name = "mapping",
        mixinStandardHelpOptions = true,
        description = "Test mapping files, and see what becomes of them.",
        subcommands = {MappingPreviewCommand.class, MappingActivateCommand.class})
final class MappingCommand {

    @Spec
    private CommandSpec spec;

    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            description = "Run the tests beside the mapping files, without any network; exit code 1 if one fails.")
    int test(
            @Option(
                            names = "--folder",
                            paramLabel = "DIR",
                            defaultValue = "mappings",
                            description = "The folder with mapping files (default: ${DEFAULT-VALUE}).")
                    Path folder) {
        PrintWriter out = spec.commandLine().getOut();
        List<MappingTests.Result> results = MappingVersion.load(MappingDirectory.read(folder), Serving.UNKNOWN)
                .tests();
        long failed = results.stream().filter(result -> !result.passed()).count();
        results.stream().filter(result -> !result.passed()).forEach(out::println);
        out.println(results.size() - failed + " passed, " + failed + " failed");
        return failed == 0 ? 0 : Main.FAILURE;
    }
}
