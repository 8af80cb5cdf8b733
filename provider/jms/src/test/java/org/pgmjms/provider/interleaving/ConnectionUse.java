package org.pgmjms.provider.interleaving;

import jakarta.jms.Connection;

/** A connection and its number in the round. */
record ConnectionUse(Connection connection, int number) {}
