package org.pgmjms.engine.jmx;

/** One limit of an engine. */
public interface LimitState {

    /** The name of the {@link org.pgmjms.engine.api.Limit} in lower case. */
    String getName();

    /** The settings behind it, separated by commas; empty when it is fixed. */
    String getSettings();

    /** How often it was hit, over all channels of the engine. */
    long getHits();
}
