package org.pgmjms.engine.jmx;

import java.util.List;
import java.util.Map;

/**
 * Limits and how often they were hit. Those of an engine since it was opened: {@code org.pgmjms:type=Limits,engine=N}, there
 * from the first channel to its end; those of the Jakarta Messaging provider, {@code org.pgmjms:type=Limits,layer=jms}, there
 * while anything is connected. Safe for any thread.
 */
public interface LimitsMXBean {

    /** All limits. */
    List<LimitState> getLimits();

    /** How often each was hit, by its name. */
    Map<String, Long> getHits();
}
