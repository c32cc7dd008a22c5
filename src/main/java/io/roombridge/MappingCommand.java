package io.roombridge;

import io.roombridge.mapping.MappingFolder;
import io.roombridge.mapping.MappingTests;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What an administrator does with mapping files, without any network. */
@Command(name = "mapping", mixinStandardHelpOptions = true, description = "Work on mapping files, without any network.")
final class MappingCommand {

    @Spec
    private CommandSpec spec;

    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            description = "Run the tests that stand beside the mapping files; exit code 1 if one fails.")
    int test(
            @Option(
                            names = "--folder",
                            paramLabel = "DIR",
                            defaultValue = "mappings",
                            description = "The folder with mapping files (default: ${DEFAULT-VALUE}).")
                    Path folder) {
        PrintWriter out = spec.commandLine().getOut();
        List<MappingTests.Result> results = MappingTests.run(MappingFolder.of(folder));
        long failed = results.stream().filter(result -> !result.passed()).count();
        results.stream().filter(result -> !result.passed()).forEach(out::println);
        out.println(results.size() - failed + " passed, " + failed + " failed");
        return failed == 0 ? 0 : Main.FAILURE;
    }
}
