package io.roombridge.sandbox.servicenow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Two read-only pages for a person's browser: the incidents of the desk, and one of them with its journal and files. All
 * text of the desk is escaped, and the pages load nothing and run no script.
 */
final class DeskPage {

    private static final int SHOWN = 500;
    private static final String STYLE = String.join("\n", Dictionary.lines("desk.css"));

    private final Tables tables;
    private final DisplayValues display;
    private final Journals journals;

    DeskPage(Platform platform) {
        this.tables = platform.tables;
        this.display = platform.display;
        this.journals = platform.journals;
    }

    Reply answer(Request request, Instant now) {
        Session reader = new Session(User.SYSTEM, now);
        List<String> path = request.segments();
        if (!request.method().equals("GET")) {
            return page(405, "Only GET", "");
        }
        if (path.isEmpty()) {
            return list(reader);
        }
        Optional<Row> incident = path.size() == 2 && path.get(0).equals(Incidents.TABLE)
                ? tables.findBy(Incidents.TABLE, "number", path.get(1))
                : Optional.empty();
        return incident.map(row -> one(row, reader)).orElseGet(() -> page(404, "Not found", ""));
    }

    private Reply list(Session reader) {
        List<Row> rows = new ArrayList<>(tables.rows(Incidents.TABLE));
        Collections.reverse(rows);
        StringBuilder body = new StringBuilder("<table><thead><tr><th>Number</th><th>State</th><th>Priority</th>"
                + "<th>Short description</th><th>Opened (UTC)</th><th>Correlation</th></tr></thead><tbody>");
        rows.stream().limit(SHOWN).forEach(row -> {
            String number = escape(row.get("number"));
            body.append("<tr><td class=\"fixed\"><a href=\"/incident/%1$s\">%1$s</a></td>".formatted(number))
                    .append(cell("fixed", shown(row, "state", reader)))
                    .append(cell("fixed", shown(row, "priority", reader)))
                    .append(cell("", row.get("short_description")))
                    .append(cell("fixed", row.get("opened_at")))
                    .append(cell("key", correlation(row)))
                    .append("</tr>");
        });
        body.append("</tbody></table>");
        String title = rows.size() > SHOWN
                ? "%d incidents, the newest %d".formatted(rows.size(), SHOWN)
                : "%d incidents".formatted(rows.size());
        return page(200, title, body.toString());
    }

    private Reply one(Row row, Session reader) {
        StringBuilder body = new StringBuilder("<p><a href=\"/\">All incidents</a></p>");
        body.append("<h2>Journal</h2><table>");
        List<Row> entries = new ArrayList<>(journals.of(row.sysId()));
        Collections.reverse(entries);
        for (Row entry : entries) {
            body.append("<tr>")
                    .append(cell("fixed", entry.get("sys_created_on")))
                    .append(cell("fixed", entry.get("sys_created_by")))
                    .append(cell("fixed", Journals.label(entry.get("element"))))
                    .append(cell("", entry.get("value")))
                    .append("</tr>");
        }
        body.append("</table><h2>Files</h2><table>");
        for (Row file : tables.rows(Attachments.TABLE)) {
            if (file.get("table_sys_id").equals(row.sysId())) {
                body.append("<tr>")
                        .append(cell("fixed", file.get("sys_created_on")))
                        .append(cell("fixed", file.get("sys_created_by")))
                        .append(cell("", file.get("file_name")))
                        .append(cell("fixed", file.get("size_bytes") + " bytes, " + file.get("state")))
                        .append("</tr>");
            }
        }
        body.append("</table><h2>Fields</h2><table>")
                .append(fields(row, reader))
                .append("</table>");
        return page(200, row.get("number") + " · " + row.get("short_description"), body.toString());
    }

    private String fields(Row row, Session reader) {
        StringBuilder cells = new StringBuilder();
        for (Field field : tables.definition(Incidents.TABLE).fields().values()) {
            String value = row.get(field.name());
            if (!value.isEmpty()) {
                String name = shown(row, field.name(), reader);
                cells.append("<tr><th>").append(escape(field.label())).append("</th>");
                cells.append(cell("", name)).append(cell("key", name.equals(value) ? "" : value));
                cells.append("</tr>");
            }
        }
        return cells.toString();
    }

    private String shown(Row row, String field, Session reader) {
        TableDefinition table = tables.definition(Incidents.TABLE);
        return table.field(field)
                .map(found -> display.of(new FieldPath.Place(table, Optional.of(row), found), reader))
                .orElse("");
    }

    private static String correlation(Row row) {
        String readable = row.get("correlation_display");
        return readable.isEmpty() ? row.get("correlation_id") : readable;
    }

    private static String cell(String style, String text) {
        return "<td class=\"%s\"><pre>%s</pre></td>".formatted(style, escape(text));
    }

    private static Reply page(int status, String title, String body) {
        String html = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta http-equiv=\"refresh\" content=\"5\"><title>" + escape(title) + "</title><style>" + STYLE
                + "</style></head><body><h1>" + escape(title) + "</h1>"
                + "<p class=\"note\">The embedded ServiceNow of the Roombridge sandbox</p>" + body + "</body></html>";
        return Reply.html(status, html)
                .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
