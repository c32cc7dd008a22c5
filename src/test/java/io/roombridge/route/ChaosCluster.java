package io.roombridge.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The nodes of the bridge. One that dies is started again, unless it is lost: then the other one has its partitions. */
final class ChaosCluster implements AutoCloseable {

    private final ChaosHub hub;
    private final ChaosTally tally;
    private final List<ChaosNode> nodes = new ArrayList<>();
    private final ChaosDuty closing = new ChaosDuty();
    private final List<String> surprises = new ArrayList<>();

    /** The node that is gone until it is started again; one at most. */
    private Optional<Integer> lost = Optional.empty();

    /** The node that will be lost when it dies. */
    private Optional<Integer> doomed = Optional.empty();

    ChaosCluster(ChaosStation station, ChaosHub hub, ChaosTally tally) {
        this.hub = hub;
        this.tally = tally;
        for (int node = 0; node < ChaosStation.NODES; node++) {
            int number = node;
            nodes.add(new ChaosNode(number, station, () -> hub.caughtUp(number), closing.of(number)));
        }
    }

    ChaosNode node(int node) {
        return nodes.get(node);
    }

    /** This node, or the other one if this one is lost. */
    int alive(int node) {
        return lost.filter(gone -> gone == node).isPresent() ? 1 - node : node;
    }

    boolean whole() {
        return lost.isEmpty();
    }

    /** What a node threw that is neither a retry nor an outcome. */
    List<String> surprises() {
        return surprises;
    }

    /** A node takes the closing of tickets over, and does it. */
    void closeInactive(int node) {
        closing.takeOver(node);
        on(node, ChaosNode::closeInactive);
    }

    /** What a node does, until it dies of it. */
    void on(int node, Consumer<ChaosNode> work) {
        try {
            work.accept(nodes.get(node));
        } catch (MortalDataSource.Crash died) {
            tally.count("crashes");
            died(node);
        } catch (RuntimeException unexpected) {
            surprises.add("node " + node + " threw what is neither a retry nor an outcome: " + unexpected
                    + ChaosJudge.where(unexpected));
        }
    }

    private void died(int node) {
        if (doomed.filter(gone -> gone == node).isEmpty()) {
            restart(node);
            return;
        }
        lost = doomed;
        doomed = Optional.empty();
        tally.count("node_gone");
        hub.takeOver(node);
    }

    /** It dies at the n-th access to the store, and nobody starts it again; unless the other one is lost already. */
    void lose(int node, int access) {
        if (lost.isEmpty()) {
            doomed = Optional.of(node);
        }
        nodes.get(node).mortal().dieAt(access);
    }

    /** Nothing that was in its memory is left, and it begins at the checkpoints of its partitions. */
    void restart(int node) {
        nodes.get(node).reborn();
        hub.restarted(node);
    }

    void restartAll() {
        lost = Optional.empty();
        doomed = Optional.empty();
        for (int node = 0; node < nodes.size(); node++) {
            restart(node);
        }
    }

    void cachesLost() {
        nodes.forEach(ChaosNode::cacheLost);
    }

    /** Nothing is wrong with any node any more. */
    void mend() {
        lost.ifPresent(this::restart);
        lost = Optional.empty();
        doomed = Optional.empty();
        for (ChaosNode node : nodes) {
            node.wrongBy(Duration.ZERO, Duration.ZERO);
            node.mortal().live();
        }
    }

    @Override
    public void close() {
        nodes.forEach(ChaosNode::close);
    }
}
