package io.roombridge.ops;

import io.roombridge.ops.Endpoint.Access;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that can be asked, and who answers it. Without a server around it this answers commands in their own process. */
public final class Endpoints implements Management {

    private final List<Endpoint> all;

    public Endpoints(List<Endpoint> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void ask(Call call, OutputStream answer) throws IOException {
        answer(call).body().writeTo(answer);
    }

    /** @throws Refusal with the reason, when it is not answered */
    Answer answer(Call call) {
        for (Endpoint endpoint : all) {
            Optional<Map<String, String>> variables = endpoint.matches(call.path());
            if (variables.isPresent() && endpoint.method().equals(call.method())) {
                return endpoint.handler().answer(call.with(variables.get()));
            }
        }
        throw methodsOf(call.path()).isEmpty()
                ? Refusal.notFound("there is no " + call.path() + "; docs/operations.md lists what there is")
                : Refusal.method(call.path(), methodsOf(call.path()));
    }

    private List<String> methodsOf(String path) {
        return all.stream()
                .filter(endpoint -> endpoint.matches(path).isPresent())
                .map(Endpoint::method)
                .toList();
    }

    /** Whether this is answered without the token. */
    boolean open(String method, String path) {
        return access(method, path) != Access.TOKEN;
    }

    /** What nobody answers is for those with the token. */
    Access access(String method, String path) {
        return endpoint(method, path).map(Endpoint::access).orElse(Access.TOKEN);
    }

    /** In bytes; what nobody answers may say a little. */
    int longestBody(String method, String path) {
        return endpoint(method, path).map(Endpoint::longestBody).orElse(Endpoint.SHORT);
    }

    private Optional<Endpoint> endpoint(String method, String path) {
        return all.stream()
                .filter(endpoint -> endpoint.method().equals(method)
                        && endpoint.matches(path).isPresent())
                .findFirst();
    }
}
