package org.pgmjms.provider.link;

/** Opens engines. Safe for any thread. */
@FunctionalInterface
public interface EngineFactory {

    /** An engine without channels; opens no socket. */
    EngineDoor open();
}
