package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roombridge.mapping.MappingTests.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files for all, for one instance and for one tenant: the more particular one wins, file by file. */
final class MappingVersionTest {

    private static final Serving SERVING = new Serving(Map.of("contoso", "emea", "fabrikam", "emea", "*", "main"));

    @TempDir
    private Path folder;

    @Test
    void aTenantsFileComesBeforeItsInstancesAndThatBeforeTheOneForAll() throws IOException {
        write("note-relapse.jslt", "\"all\"");
        write("instances/emea/note-relapse.jslt", "\"emea\"");
        write("tenants/contoso/note-relapse.jslt", "\"contoso\"");

        MappingVersion version = load();

        assertThat(relapse(version, "contoso")).isEqualTo("contoso");
        assertThat(relapse(version, "fabrikam")).isEqualTo("emea");
        assertThat(relapse(version, "northwind")).isEqualTo("all");
    }

    @Test
    void whatATenantDoesNotSayItsInstanceSays() throws IOException {
        write("instances/emea/texts.jslt", Files.readString(Path.of("mappings/texts.jslt")));
        write("instances/emea/platform.yaml", "windows: Raum\ndefault: Raum\n");
        write("tenants/contoso/note-relapse.jslt", "lookup(\"platform\", .device.platform)");

        assertThat(relapse(load(), "contoso")).isEqualTo("Raum");
    }

    @Test
    void aFaultNamesTheFolderOfTheFileAndIsToldOnce() throws IOException {
        write("instances/emea/note-relapse.jslt", "{");
        write("tenants/contoso/note-retitled.jslt", "\"x\"");

        assertThat(faults()).singleElement().asString().startsWith("instances/emea/note-relapse.jslt:1:");
    }

    @Test
    void aFolderThatNothingReadsIsTold() throws IOException {
        write("tenant/contoso/note-relapse.jslt", "\"x\"");
        write("instances/emae/note-relapse.jslt", "\"x\"");
        write("tenants/Fabrikam/note-relapse.jslt", "\"x\"");

        assertThat(faults())
                .containsExactly(
                        "tenant/: nothing reads this folder; expected instances/NAME or tenants/NAME (did you mean"
                                + " tenants?)",
                        "instances/emae/: nothing reads this folder; expected an instance of the settings (did you mean"
                                + " emea?)",
                        "tenants/Fabrikam/: nothing reads this folder; expected the tenant in lower case (did you mean"
                                + " fabrikam?)");
    }

    @Test
    void theTestsOfATenantTryTheTenantsMapping() throws IOException {
        write("tenants/contoso/note-relapse.jslt", "\"contoso\"");
        write("tenants/contoso/own.test.yaml", "tests: [ { mapping: note-relapse, expect: { note: contoso } } ]");
        write("own.test.yaml", "tests: [ { mapping: note-relapse, expect: { note: contoso } } ]");

        List<Result> results = load().tests();

        assertThat(results).extracting(Result::file).containsExactly("own.test.yaml", "tenants/contoso/own.test.yaml");
        assertThat(results).extracting(Result::passed).containsExactly(false, true);
    }

    @Test
    void theSameFilesHaveTheSameVersionAndOthersAnother() throws IOException {
        write("note-relapse.jslt", "\"x\"");
        String first = load().name();
        write(".git/config.yaml", "noise: true");
        write("..data/note-relapse.jslt", "noise");
        assertThat(load().name()).isEqualTo(first);

        write("note-relapse.jslt", "\"y\"");

        assertThat(load().name()).isNotEqualTo(first);
    }

    private MappingVersion load() {
        return MappingVersion.load(MappingDirectory.read(folder), SERVING);
    }

    private List<String> faults() {
        return catchThrowableOfType(BadMappings.class, this::load).faults().stream()
                .map(MappingFault::toString)
                .toList();
    }

    private static String relapse(MappingVersion version, String tenant) {
        return version.of(tenant).note(NoteKind.RELAPSE, Examples.event().input());
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
