package org.pgmjms.engine.api;

import java.util.List;
import java.util.Locale;

/** A limit, as management tools, the flight recorder and the log show it. Implemented by enums. */
public interface LimitKind {

    /** The name of the constant. */
    String name();

    /** Whether an operator should hear of it. */
    boolean isWorthWarning();

    /** The settings behind it; none when it is fixed. */
    List<String> settings();

    /** Its name in MBeans and events: lower case. */
    default String shownName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
