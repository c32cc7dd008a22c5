package io.roombridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Puts together what a kustomization names, as far as config/kubernetes makes use of it: resources, generated config maps,
 * patches that merge, labels. Anything else it refuses, so that nothing is believed to be tested that is not.
 */
final class Kustomization {

    static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> KNOWN =
            Set.of("apiVersion", "kind", "resources", "configMapGenerator", "patches", "images", "labels");

    private final Path folder;
    private final List<ObjectNode> resources = new ArrayList<>();

    private Kustomization(Path folder) {
        this.folder = folder;
    }

    /** Every object that {@code kubectl apply -k} would send. */
    static List<ObjectNode> of(Path folder) {
        Kustomization kustomization = new Kustomization(folder);
        kustomization.compose();
        return kustomization.resources;
    }

    static ObjectNode read(Path file) {
        try {
            return (ObjectNode) YAML.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private void compose() {
        ObjectNode told = read(folder.resolve("kustomization.yaml"));
        told.fieldNames().forEachRemaining(field -> {
            if (!KNOWN.contains(field)) {
                throw new IllegalArgumentException(folder + ": this test does not know how to " + field);
            }
        });
        told.path("resources").forEach(name -> add(folder.resolve(name.asText()).normalize()));
        told.path("configMapGenerator").forEach(this::generate);
        told.path("patches")
                .forEach(patch -> patch(read(folder.resolve(patch.path("path").asText()))));
        told.path("labels")
                .forEach(labels -> resources.forEach(resource -> resource.withObjectProperty("metadata")
                        .withObjectProperty("labels")
                        .setAll((ObjectNode) labels.path("pairs"))));
        told.path("images").forEach(image -> resources.forEach(resource -> rename(resource, image)));
    }

    private void add(Path path) {
        if (Files.isDirectory(path)) {
            resources.addAll(of(path));
        } else {
            resources.add(read(path));
        }
    }

    private void generate(JsonNode generator) {
        ObjectNode map = YAML.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("name", generator.path("name").asText());
        ObjectNode data = map.putObject("data");
        generator.path("files").forEach(file -> data.put(file.asText(), text(folder.resolve(file.asText()))));
        resources.add(map);
    }

    private static void rename(ObjectNode resource, JsonNode image) {
        resource.at("/spec/template/spec/containers").forEach(container -> {
            if (container.path("image").asText().equals(image.path("name").asText())) {
                ((ObjectNode) container)
                        .put(
                                "image",
                                image.path("newName").asText() + ":"
                                        + image.path("newTag").asText());
            }
        });
    }

    private void patch(ObjectNode patch) {
        ObjectNode patched = resources.stream()
                .filter(resource -> resource.path("kind").equals(patch.path("kind"))
                        && resource.at("/metadata/name").equals(patch.at("/metadata/name")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(folder + " patches what is not there: " + patch));
        merge(patched, patch);
    }

    /** Objects are merged, null takes away, lists of named things are merged by name, other lists replaced. */
    private static void merge(ObjectNode into, ObjectNode from) {
        for (Iterator<String> names = from.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            JsonNode value = from.get(name);
            if (value.isNull()) {
                into.remove(name);
            } else if (value instanceof ObjectNode more && into.get(name) instanceof ObjectNode there) {
                merge(there, more);
            } else if (value instanceof ArrayNode more
                    && into.get(name) instanceof ArrayNode there
                    && more.path(0).has("name")) {
                more.forEach(element -> mergeNamed(there, (ObjectNode) element));
            } else {
                into.set(name, value);
            }
        }
    }

    private static void mergeNamed(ArrayNode list, ObjectNode element) {
        for (JsonNode there : list) {
            if (there.path("name").equals(element.path("name"))) {
                merge((ObjectNode) there, element);
                return;
            }
        }
        list.add(element);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
