package io.roombridge.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import io.roombridge.config.Spelling;
import io.roombridge.privacy.Privacy;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads and compiles the files of a folder; every fault is found before the first one is told. */
final class MappingFiles {

    private static final Set<String> TABLES = Set.of(
            SeverityTable.FILE,
            Signals.FILE,
            Routing.FILE,
            Redirections.FILE,
            Knowledge.FILE,
            Languages.FILE,
            Scope.FILE,
            PrivacyRules.FILE);

    private static final List<String> OWN_NAMES = List.of("incident-", "note-", "portal-", "closing-");

    private final Map<String, Template> templates;

    private MappingFiles(Map<String, Template> templates) {
        this.templates = Map.copyOf(templates);
    }

    Template incident(IncidentWrite write) {
        return templates.get(write.file());
    }

    Template note(NoteKind kind) {
        return templates.get(kind.file());
    }

    Template message(MessageKind kind) {
        return templates.get(kind.file());
    }

    Template closing(ClosingText kind) {
        return templates.get(kind.file());
    }

    static Mappings load(MappingFolder folder) {
        return new Loading(folder).mappings();
    }

    /** Every file that has to be there: one for each write, note, message and text of a closing. */
    static Set<String> templateNames() {
        Set<String> names = new HashSet<>();
        for (IncidentWrite write : IncidentWrite.values()) {
            names.add(write.file());
        }
        for (NoteKind kind : NoteKind.values()) {
            names.add(kind.file());
        }
        for (MessageKind kind : MessageKind.values()) {
            names.add(kind.file());
        }
        for (ClosingText kind : ClosingText.values()) {
            names.add(kind.file());
        }
        return names;
    }

    /** One attempt to load a folder. */
    private static final class Loading {

        private final MappingFolder folder;
        private final List<MappingFault> faults = new ArrayList<>();

        Loading(MappingFolder folder) {
            this.folder = folder;
        }

        Mappings mappings() {
            refuseStrayFiles();
            Optional<SeverityTable> severities = yaml(SeverityTable.FILE).map(SeverityTable::read);
            Optional<Signals> signals = yaml(Signals.FILE).map(Signals::read);
            Optional<Routing> routing = yaml(Routing.FILE).map(Routing::read);
            Optional<Redirections> redirections = yaml(Redirections.FILE).map(Redirections::read);
            Optional<Languages> languages = languages();
            Optional<Scope> scope = yaml(Scope.FILE).map(Scope::read);
            int before = faults.size();
            Optional<Privacy> privacy = yaml(PrivacyRules.FILE).map(PrivacyRules::read);
            // Broken rules let nothing through; that every mapping suffers from it is no news.
            refuseFieldsThatAreNotThere(privacy.filter(read -> faults.size() == before));
            MappingFiles files = new MappingFiles(templates(MappingFunctions.with(lookups())));
            stopAtFaults();
            Mappings mappings = new Mappings(
                    files,
                    new MappingTables(
                            severities.orElseThrow(),
                            signals.orElseThrow(),
                            routing.orElseThrow(),
                            redirections.orElseThrow(),
                            languages.orElseThrow(),
                            scope.orElseThrow(),
                            privacy.orElseThrow()));
            example().ifPresent(example -> faults.addAll(Rehearsal.faults(folder, mappings, example)));
            stopAtFaults();
            return mappings;
        }

        private Optional<Languages> languages() {
            Map<String, Knowledge> translations = new TreeMap<>();
            folder.names()
                    .forEach(name -> Languages.translatedInto(name)
                            .ifPresent(language -> yaml(name)
                                    .map(Knowledge::read)
                                    .ifPresent(knowledge -> translations.put(language, knowledge))));
            Optional<Knowledge> english = yaml(Knowledge.FILE).map(Knowledge::read);
            Optional<YamlNode> rules = yaml(Languages.FILE);
            return english.flatMap(knowledge -> rules.map(node -> Languages.read(node, knowledge, translations)));
        }

        private Optional<ExampleEvent> example() {
            try {
                return Optional.of(ExampleEvent.of(text(MappingFolder.EXAMPLE).orElse("")));
            } catch (JsonProcessingException e) {
                faults.add(new MappingFault(
                        folder.place(MappingFolder.EXAMPLE),
                        Math.max(0, e.getLocation().getLineNr()),
                        Math.max(0, e.getLocation().getColumnNr()),
                        e.getOriginalMessage(),
                        "an event as JSON",
                        Optional.empty()));
                return Optional.empty();
            }
        }

        private void stopAtFaults() {
            if (!faults.isEmpty()) {
                throw new BadMappings(faults);
            }
        }

        /** A misspelt name would silently leave the shipped file in force. */
        private void refuseStrayFiles() {
            Set<String> templates = templateNames();
            folder.names().stream()
                    .filter(name -> name.endsWith(".jslt"))
                    .filter(name -> OWN_NAMES.stream().anyMatch(name::startsWith))
                    .filter(name -> !templates.contains(name))
                    .forEach(name -> faults.add(new MappingFault(
                            folder.place(name),
                            0,
                            0,
                            "nothing uses this file",
                            "one of "
                                    + String.join(
                                            ", ", templates.stream().sorted().toList()),
                            Spelling.nearest(name, templates))));
        }

        /** Also in files that others import. */
        private void refuseFieldsThatAreNotThere(Optional<Privacy> privacy) {
            folder.names().stream()
                    .filter(name -> name.endsWith(".jslt"))
                    .forEach(name -> text(name)
                            .ifPresent(text -> faults.addAll(FieldNames.faults(folder.place(name), text, privacy))));
        }

        private Map<String, Template> templates(List<Function> functions) {
            Map<String, Template> templates = new HashMap<>();
            templateNames().stream()
                    .sorted()
                    .forEach(name -> text(name)
                            .flatMap(text -> Template.compile(folder, name, text, functions, this::imported, faults))
                            .ifPresent(template -> templates.put(name, template)));
            return templates;
        }

        /** What {@code import "texts.jslt" as texts} reads: files of this folder, nothing else. */
        private Reader imported(String name) {
            if (!folder.names().contains(name)) {
                throw new JsltException("import: there is no file " + name + " in the mapping folder");
            }
            return new StringReader(text(name).orElse(""));
        }

        private LookupTables lookups() {
            LookupTables tables = new LookupTables();
            folder.names().stream()
                    .filter(name -> name.endsWith(".yaml") && !name.endsWith(".test.yaml"))
                    .filter(name -> !TABLES.contains(name)
                            && Languages.translatedInto(name).isEmpty())
                    .forEach(name -> yaml(name)
                            .ifPresent(file -> tables.add(name.substring(0, name.length() - ".yaml".length()), file)));
            return tables;
        }

        private Optional<YamlNode> yaml(String name) {
            return text(name).flatMap(text -> YamlNode.parse(folder.place(name), text, faults));
        }

        private Optional<String> text(String name) {
            try {
                Optional<String> text = folder.read(name);
                if (text.isEmpty()) {
                    faults.add(new MappingFault(name, 0, 0, "the file is missing", "this file", Optional.empty()));
                }
                return text;
            } catch (CharacterCodingException e) {
                faults.add(MappingFault.notUtf8(folder.place(name)));
                return Optional.empty();
            }
        }
    }
}
