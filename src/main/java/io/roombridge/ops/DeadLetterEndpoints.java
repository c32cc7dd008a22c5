package io.roombridge.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.DeadLetter.State;
import io.roombridge.correlation.DeadLetterBook;
import io.roombridge.correlation.KeptLetter;
import io.roombridge.correlation.LetterFilter;
import io.roombridge.ticket.Reason;
import io.roombridge.ticket.TicketId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Dead letters: what there is, trying again, giving up (docs/operations.md, "Dead letters"). */
public final class DeadLetterEndpoints {

    /** {@code GET ?state=&reason=&ticket=}: open letters in their order, without their payload. */
    public static final String LIST = "/api/v1/dead-letters";

    /** {@code GET ?state=&reason=&ticket=}: the same with payload, one JSON object a line, however many. */
    public static final String EXPORT = "/api/v1/dead-letters/export";

    /** {@code POST {ids | ticket | because | all, by, reason}}: a named person wants them tried again. */
    public static final String REPLAY = "/api/v1/dead-letters/replay";

    /** {@code POST {ids | ticket | because | all, by, reason}}: a named person gives them up. */
    public static final String DROP = "/api/v1/dead-letters/drop";

    private static final int LONGEST_LIST = 1000;
    private static final List<State> REPLAYABLE = List.of(State.DEAD, State.KEPT);

    private final DeadLetterBook book;
    private final Clock clock;

    private DeadLetterEndpoints(DeadLetterBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    public static List<Endpoint> of(DeadLetterBook book, Clock clock) {
        DeadLetterEndpoints letters = new DeadLetterEndpoints(book, clock);
        return List.of(
                Endpoint.get(LIST, letters::list),
                Endpoint.get(EXPORT, letters::export),
                Endpoint.get(LIST + "/{id}", letters::show),
                Endpoint.post(REPLAY, letters::replay),
                Endpoint.post(DROP, letters::drop));
    }

    private Answer list(Call call) {
        LetterFilter filter = filter(call);
        ObjectNode answer = Json.MAPPER.createObjectNode().put("count", book.count(filter));
        ArrayNode letters = answer.putArray("letters");
        book.list(filter, LONGEST_LIST).forEach(letter -> letters.add(json(letter)));
        return Answer.json(answer);
    }

    private Answer export(Call call) {
        LetterFilter filter = filter(call);
        return Answer.lines(out -> {
            try {
                book.each(filter, letter -> {
                    ObjectNode line =
                            json(letter).put("payload", letter.letter().payload());
                    try {
                        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        });
    }

    private Answer show(Call call) {
        KeptLetter letter = found(id(call.value("id").orElse("")));
        ObjectNode answer = json(letter).put("payload", letter.letter().payload());
        ArrayNode acts = answer.putArray("acts");
        book.acts(letter.id())
                .forEach(act -> acts.addObject()
                        .put("act", act.act().label())
                        .put("at", act.at().toString())
                        .put("by", act.by())
                        .put("reason", act.reason()));
        return Answer.json(answer);
    }

    private Answer replay(Call call) {
        LetterFilter filter = chosen(call, REPLAYABLE, "to be tried again");
        for (long id : filter.ids()) {
            KeptLetter letter = found(id);
            if (letter.letter().state() == State.PARKED) {
                throw new Refusal(
                        409,
                        id
                                + " waits behind an earlier dead change of its ticket and follows it by itself; replay or drop"
                                + " that one");
            }
        }
        return acted("asked", book.ask(filter, by(call), reason(call, "what was mended"), clock.instant()));
    }

    private Answer drop(Call call) {
        LetterFilter filter = chosen(call, LetterFilter.OPEN, "to be given up");
        filter.ids().forEach(this::found);
        return acted("dropped", book.drop(filter, by(call), reason(call, "why nobody needs it"), clock.instant()));
    }

    private static String by(Call call) {
        return call.required("by", "who takes the responsibility");
    }

    private static String reason(Call call, String what) {
        return call.required("reason", what);
    }

    private static Answer acted(String what, List<Long> ids) {
        ObjectNode answer = Json.MAPPER.createObjectNode();
        ArrayNode letters = answer.putArray(what);
        ids.forEach(letters::add);
        return Answer.json(answer);
    }

    private KeptLetter found(long id) {
        return book.find(id)
                .orElseThrow(() -> Refusal.notFound("there is no dead letter " + id + "; settled ones are deleted after"
                        + " 30 days, and dead list shows the open ones"));
    }

    private static LetterFilter filter(Call call) {
        List<State> states = call.value("state")
                .map(text -> List.of(word(State.class, text, "state")))
                .orElse(LetterFilter.OPEN);
        return new LetterFilter(
                List.of(),
                states,
                call.value("reason").map(text -> word(Reason.class, text, "reason")),
                call.value("ticket"));
    }

    /** Exactly one way of saying which: nobody gives up everything by a slip. */
    private static LetterFilter chosen(Call call, List<State> states, String what) {
        List<Long> ids = new ArrayList<>();
        call.body().path("ids").forEach(node -> ids.add(id(node.asText())));
        Optional<String> ticket = call.text("ticket");
        Optional<Reason> because = call.text("because").map(text -> word(Reason.class, text, "because"));
        boolean all = call.body().path("all").asBoolean();
        long ways = (ids.isEmpty() ? 0 : 1)
                + ticket.stream().count()
                + because.stream().count()
                + (all ? 1 : 0);
        if (ways != 1) {
            throw Refusal.badRequest(
                    "say which letters are " + what + ": ids, ticket, because or all, and only one of them");
        }
        return new LetterFilter(ids, states, because, ticket);
    }

    private static long id(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw Refusal.badRequest("\"" + text + "\" is no number of a dead letter; dead list shows them");
        }
        return Long.parseLong(text);
    }

    private static <E extends Enum<E>> E word(Class<E> words, String text, String name) {
        String normal = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(words.getEnumConstants())
                .filter(word -> word.name().equals(normal))
                .findFirst()
                .orElseThrow(() -> Refusal.badRequest(name + "=" + text + " is not known; expected one of "
                        + Arrays.stream(words.getEnumConstants())
                                .map(word ->
                                        word.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                                .collect(Collectors.joining(", "))));
    }

    private static ObjectNode json(KeptLetter kept) {
        DeadLetter letter = kept.letter();
        return Json.MAPPER
                .createObjectNode()
                .put("id", kept.id())
                .put("state", letter.state().label())
                .put("kind", letter.kind().label())
                .put("at", letter.at().toString())
                .put("tenant", letter.tenant())
                .put("instance", letter.instance())
                .put("ticket", letter.ticket().map(TicketId::value).orElse(""))
                .put("incident", kept.incident().orElse(""))
                .put("lane", letter.lane().name().toLowerCase(Locale.ROOT))
                .put("change", letter.change().value())
                .put("reason", letter.reason().label())
                .put("meaning", letter.reason().meaning())
                .put("detail", letter.detail())
                .put("attempts", letter.attempts())
                .put("askedAt", kept.askedAt().map(Instant::toString).orElse(""))
                .put("settledAt", kept.settledAt().map(Instant::toString).orElse(""));
    }
}
