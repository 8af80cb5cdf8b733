package org.pgmjms.engine.jmx;

import java.util.List;
import java.util.Map;

/**
 * The limits of an engine and how often they were hit since it was opened: {@code org.pgmjms:type=Limits,engine=N}. There
 * from the first channel to the end of the engine. Safe for any thread.
 */
public interface LimitsMXBean {

    /** All limits. */
    List<LimitState> getLimits();

    /** How often each was hit, by its name. */
    Map<String, Long> getHits();
}
