package io.roombridge.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Measures how long each step of the routes takes: each bean by its name, and each command sent to the hub. Camel finds it
 * in the registry. Its own message history would do the same, but keeps a list of steps with every exchange.
 */
public final class StepTimes implements InterceptStrategy {

    static final String METER = "roombridge.step";

    private final MeterRegistry meters;

    public StepTimes(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor next) {
        return step(definition).map(step -> timed(definition, step, target)).orElse(target);
    }

    private static Optional<String> step(NamedNode definition) {
        if (definition instanceof BeanDefinition bean) {
            return Optional.of(bean.getMethod() == null ? bean.getRef() : bean.getMethod());
        }
        return definition instanceof ToDefinition to && !to.getUri().startsWith("direct:")
                ? Optional.of("send")
                : Optional.empty();
    }

    private Processor timed(NamedNode definition, String step, Processor target) {
        RouteDefinition route =
                ProcessorDefinitionHelper.getRoute((org.apache.camel.model.ProcessorDefinition<?>) definition);
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                Timer.Sample sample = Timer.start(meters);
                return super.process(exchange, done -> {
                    sample.stop(timer(route.getRouteId(), step, exchange.getException() == null));
                    callback.done(done);
                });
            }
        };
    }

    private Timer timer(String route, String step, boolean through) {
        return Timer.builder(METER)
                .description("time that a step of a route takes")
                .tag("route", route)
                .tag("step", step)
                .tag("result", through ? "ok" : "failed")
                .register(meters);
    }
}
