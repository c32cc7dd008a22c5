package io.roombridge.ops;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.mapping.BadMappings;
import io.roombridge.mapping.MappingDirectory;
import io.roombridge.mapping.Preview;
import io.roombridge.route.PreviewMappings;
import io.roombridge.route.PreviewMappings.Seen;
import io.roombridge.route.ReloadMappings;
import io.roombridge.route.ReloadMappings.Refused;
import io.roombridge.route.ReloadMappings.Standing;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The mapping files in force, what others would change, and taking them (docs/mapping.md). */
public final class MappingEndpoints {

    /** {@code GET}: which version is in force, and why changed files are not. */
    public static final String STANDING = "/api/v1/mappings";

    /** {@code GET ?folder=/etc/roombridge/draft&last=20}: the last tickets by the files of a folder of this machine. */
    public static final String PREVIEW = "/api/v1/mappings/preview";

    /** {@code POST {by}}: takes changed files at once; with a name, also if their tests fail. */
    public static final String ACTIVATE = "/api/v1/mappings/activate";

    private static final int MOST = 500;

    private final ReloadMappings reload;
    private final PreviewMappings preview;

    private MappingEndpoints(ReloadMappings reload, PreviewMappings preview) {
        this.reload = reload;
        this.preview = preview;
    }

    public static List<Endpoint> of(ReloadMappings reload, PreviewMappings preview) {
        MappingEndpoints mappings = new MappingEndpoints(reload, preview);
        return List.of(
                Endpoint.get(STANDING, mappings::standing),
                Endpoint.get(PREVIEW, mappings::preview),
                Endpoint.post(ACTIVATE, mappings::activate));
    }

    private Answer standing(Call call) {
        return Answer.json(json(reload.standing()));
    }

    private Answer activate(Call call) {
        return Answer.json(json(reload.activate(call.text("by"))));
    }

    private Answer preview(Call call) {
        MappingDirectory files = MappingDirectory.read(folder(call));
        ObjectNode node = Json.MAPPER.createObjectNode().put("version", files.version());
        try {
            preview.of(files, last(call))
                    .forEach(seen -> node.withArray("tickets").add(json(seen)));
        } catch (BadMappings bad) {
            bad.faults().forEach(fault -> node.withArray("faults").add(fault.toString()));
        }
        return Answer.json(node);
    }

    private static Path folder(Call call) {
        String folder = call.value("folder").orElseThrow(() -> Refusal.badRequest("folder= is missing: the files"));
        try {
            return Path.of(folder);
        } catch (InvalidPathException e) {
            throw Refusal.badRequest("folder=" + folder + " is no path: " + e.getReason());
        }
    }

    private static int last(Call call) {
        String last = call.value("last").orElse("20");
        try {
            return Math.max(1, Math.min(MOST, Integer.parseInt(last)));
        } catch (NumberFormatException e) {
            throw Refusal.badRequest("last=" + last + " is no number; expected how many tickets, at most " + MOST);
        }
    }

    private static ObjectNode json(Standing standing) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("version", standing.version()).put("since", standing.since().toString());
        standing.files().files().keySet().forEach(node.putArray("files")::add);
        standing.refused().ifPresent(refused -> node.set("refused", json(refused)));
        return node;
    }

    private static ObjectNode json(Refused refused) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("version", refused.version()).put("releasable", refused.releasable());
        refused.objections().forEach(node.putArray("why")::add);
        return node;
    }

    private static ObjectNode json(Seen seen) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("name", seen.name()).put("ticket", seen.ticket().id().value());
        node.put("tenant", seen.ticket().tenant()).put("instance", seen.ticket().instance());
        node.setAll(json(seen.preview()));
        return node;
    }

    /** For whoever previews without a bridge, too. */
    public static ObjectNode json(Preview preview) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.putArray("differences");
        preview.differences().forEach(difference -> {
            ObjectNode row = node.withArray("differences").addObject();
            row.put("file", difference.file()).put("field", difference.field());
            difference.before().ifPresent(text -> row.put("before", text));
            difference.after().ifPresent(text -> row.put("after", text));
        });
        preview.lost().forEach(node.putArray("lost")::add);
        preview.remarks().forEach(node.putArray("remarks")::add);
        return node;
    }
}
