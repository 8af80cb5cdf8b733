package org.pgmjms.engine.jmx;

/** One limit. */
public interface LimitState {

    /** The name of the {@link org.pgmjms.engine.api.LimitKind} in lower case. */
    String getName();

    /** The settings behind it, separated by commas; empty when it is fixed. */
    String getSettings();

    /** How often it was hit, wherever. */
    long getHits();
}
