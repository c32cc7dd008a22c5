package io.roombridge.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random texts of the bridge, reformatted and quoted at random: no echo is missed, and no word of a person is lost. A
 * failure names its seed; {@code -Dconversation.seed=N} plays it alone.
 */
final class NothingLostNothingEchoedTest {

    private static final long ROUNDS = Long.getLong("conversation.rounds", 3_000);

    private static final List<String> WORDS = List.of(
            "projector",
            "dark",
            "a < b",
            "<b>",
            "&amp;",
            "café",
            "cafe\u0301",
            "👍🏽",
            "👨\u200D👩\u200D👧",
            "שלום",
            "> quoted",
            "--",
            "From: me",
            "Sent: now",
            "On Monday 1 he wrote:",
            "Subject: x",
            "INC0010001",
            "https://contoso.example/?a=1&b=2",
            "(1/2)",
            "Ref:MSG0001",
            "a@contoso.example",
            "_______________",
            "Priority: 1",
            "> ref rb-0123456789abcdef");

    private static final List<String> AUTHORS = List.of("roombridge", "system", "alva.berg");

    private long seed;
    private Random random;
    private RememberedWrites own;

    private void playing(long newSeed) {
        seed = newSeed;
        random = new Random(newSeed);
        own = new RememberedWrites();
    }

    private String replay() {
        return "replay with -Dconversation.seed=" + seed;
    }

    private static List<Long> seeds() {
        Long one = Long.getLong("conversation.seed");
        List<Long> seeds = new ArrayList<>();
        for (long i = 0; i < (one == null ? ROUNDS : 1); i++) {
            seeds.add(one == null ? i : one);
        }
        return seeds;
    }

    @Test
    void noReformattingHidesAnEcho() {
        for (long each : seeds()) {
            // Given
            playing(each);
            String entry = reformatted(ownText());
            // When
            Heard heard = hear(entry, AUTHORS.get(random.nextInt(AUTHORS.size())));
            // Then
            assertThat(heard).as("%s: %s", replay(), entry).isInstanceOf(Heard.Echo.class);
        }
    }

    @Test
    void noQuotingSwallowsAWord() {
        for (long each : seeds()) {
            // Given
            playing(each);
            List<String> human = new ArrayList<>();
            String entry = quoting(ownText().lines().toList(), human);
            // When
            Heard heard = hear(entry, "alva.berg");
            // Then
            assertThat(heard).as("%s: %s", replay(), entry).isInstanceOf(Heard.Speech.class);
            assertThat(((Heard.Speech) heard).text())
                    .as("%s: %s", replay(), entry)
                    .contains(human);
        }
    }

    @Test
    void aWholeQuotationLeavesNothingOfOurs() {
        for (long each : seeds()) {
            // Given
            playing(each);
            String text = ownText();
            String entry = "human above\n\n" + announced(reformatted(text));
            // When
            Heard heard = hear(entry, "alva.berg");
            // Then
            assertThat(heard).as("%s: %s", replay(), entry).isEqualTo(new Heard.Speech("human above", true));
        }
    }

    private Heard hear(String text, String author) {
        return Hearing.hear(new Entry("e", true, text, author, Optional.empty()), own, "roombridge", false);
    }

    private String ownText() {
        List<String> lines = new ArrayList<>();
        lines.add("From the Teams Rooms portal: Kim Lund, customer · 2026-06-01 09:00 UTC");
        for (int i = random.nextInt(8); i >= 0; i--) {
            lines.add(random.nextInt(5) == 0 ? "" : words());
        }
        lines.add("end.");
        return own.write(String.join("\n", lines), "rb-%016x".formatted(random.nextLong()));
    }

    private String words() {
        return random.ints(1 + random.nextInt(6), 0, WORDS.size())
                .mapToObj(WORDS::get)
                .collect(Collectors.joining(" "));
    }

    private String reformatted(String text) {
        return switch (random.nextInt(7)) {
            case 0 -> text.replace("\n", "\r\n");
            case 1 -> text.replace("\n", " \n") + "\n\n";
            case 2 -> text.replace("\n", "\n\n");
            case 3 -> text.replace("o", "o\u200B").replace("ref rb", "ref  rb");
            case 4 -> text.replace(" ", "\u00a0");
            case 5 -> java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD);
            default -> text.replace("\n\n", "\n");
        };
    }

    private String announced(String text) {
        String marked = "> " + text.replace("\n", "\n> ");
        return switch (random.nextInt(4)) {
            case 0 -> "From: Desk <desk@contoso.example>\nSent: today\nTo: me\nSubject: INC1\n\n" + text;
            case 1 -> "-----Original Message-----\n" + text;
            case 2 -> "On Mon, 1 June 2026, Desk\n<desk@contoso.example> wrote:\n\n" + marked;
            default -> "On Mon, 1 June 2026, Desk <desk@contoso.example> wrote:\n> " + marked.replace("\n", "\n> ");
        };
    }

    /** Words of a person above, below and between, at least one; quoted with or without marks. */
    private String quoting(List<String> ours, List<String> human) {
        List<String> lines = new ArrayList<>();
        boolean marks = random.nextBoolean();
        if (random.nextBoolean()) {
            lines.add("On Mon, 1 June 2026, Desk <desk@contoso.example> wrote:");
        }
        for (String line : ours) {
            lines.add(marks ? "> " + line : line);
        }
        for (int i = random.nextInt(4); i >= 0; i--) {
            String word = "human" + seed + "word" + i;
            human.add(word);
            // Never into an announcement: what stands between its lines is part of it.
            lines.add(random.nextInt(lines.size() + 1), word);
        }
        return String.join("\n", lines);
    }
}
