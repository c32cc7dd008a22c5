package io.roombridge.route;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A data source under whose user the process can die, at a place of the test's choice. */
final class MortalDataSource implements DataSource {

    private final DataSource store;
    private int left = Integer.MAX_VALUE;
    private int untilMeanwhile = Integer.MAX_VALUE;
    private Runnable meanwhile = () -> {};
    private long deaths;

    MortalDataSource(DataSource store) {
        this.store = store;
    }

    /** The process is gone: nothing may catch it, and the test goes on with a restart. */
    static final class Crash extends Error {

        private static final long serialVersionUID = 1L;

        Crash() {
            super("the process died here", null, false, false);
        }
    }

    /** Dies at the n-th access from now, and at every one after it, because a dead process touches nothing. */
    synchronized void dieAt(int n) {
        left = n;
    }

    /**
     * At the n-th access from now the process is slow, and something else happens before it goes on: time passes, or another
     * process acts. Nothing is locked then, because an access begins a transaction and never lies inside one.
     */
    synchronized void meanwhile(int n, Runnable other) {
        untilMeanwhile = n;
        meanwhile = other;
    }

    /** How often the process died. */
    synchronized long deaths() {
        return deaths;
    }

    /** Another process has taken the place of the one that died, and nothing is planned for it. */
    synchronized void live() {
        left = Integer.MAX_VALUE;
        untilMeanwhile = Integer.MAX_VALUE;
    }

    private void access() {
        due().run();
    }

    private synchronized Runnable due() {
        if (left != Integer.MAX_VALUE && --left <= 0) {
            deaths += left == 0 ? 1 : 0;
            left = 0;
            throw new Crash();
        }
        if (untilMeanwhile != Integer.MAX_VALUE && --untilMeanwhile <= 0) {
            untilMeanwhile = Integer.MAX_VALUE;
            return meanwhile;
        }
        return () -> {};
    }

    @Override
    public Connection getConnection() throws SQLException {
        access();
        return store.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        access();
        return store.getConnection(user, password);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return store.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        store.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        store.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return store.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        throw new UnsupportedOperationException("nobody logs through the data source");
    }

    @Override
    public <T> T unwrap(Class<T> kind) throws SQLException {
        return store.unwrap(kind);
    }

    @Override
    public boolean isWrapperFor(Class<?> kind) throws SQLException {
        return store.isWrapperFor(kind);
    }
}
