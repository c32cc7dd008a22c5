package io.roombridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.path.NodePath;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * An object of an event with its place, read after the schema has accepted it: what the schema requires is there and has
 * its type. The few rules that a schema cannot express are checked here, and name the place as well.
 */
record Block(JsonNode node, NodePath path) {

    String text(String name) {
        return node.get(name).textValue();
    }

    /** A blank text says as little as a missing one. */
    Optional<String> find(String name) {
        return Optional.ofNullable(node.get(name)).map(JsonNode::textValue).filter(text -> !text.isBlank());
    }

    /** RFC 3339 with any offset. */
    Instant time(String name) {
        try {
            return OffsetDateTime.parse(text(name)).toInstant();
        } catch (DateTimeException e) {
            throw new ContractViolation(
                    path.append(name), "is no instant: " + e.getMessage() + "; expected RFC 3339 with an offset");
        }
    }

    Optional<Instant> findTime(String name) {
        return node.has(name) ? Optional.of(time(name)) : Optional.empty();
    }

    boolean flag(String name) {
        return node.path(name).booleanValue();
    }

    long number(String name) {
        return node.get(name).longValue();
    }

    /** One of the words of an enumeration. */
    <T> T word(String name, Function<String, Optional<T>> meaning) {
        return meaning.apply(text(name))
                .orElseThrow(() -> new ContractViolation(path.append(name), "is a word this version does not know"));
    }

    Block block(String name) {
        return new Block(node.get(name), path.append(name));
    }

    Optional<Block> findBlock(String name) {
        return node.has(name) ? Optional.of(block(name)) : Optional.empty();
    }

    List<Block> blocks(String name) {
        JsonNode array = node.path(name);
        return IntStream.range(0, array.size())
                .mapToObj(i -> new Block(array.get(i), path.append(name).append(i)))
                .toList();
    }

    List<String> texts(String name) {
        JsonNode array = node.path(name);
        return IntStream.range(0, array.size())
                .mapToObj(i -> array.get(i).textValue())
                .toList();
    }
}
