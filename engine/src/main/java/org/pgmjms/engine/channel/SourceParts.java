package org.pgmjms.engine.channel;

import org.pgmjms.engine.api.ApduSupplier;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.api.SourceEvents;
import org.pgmjms.engine.protocol.Source;

/** What a sending half is made of. */
record SourceParts(
        Source source,
        Counters<SourceCounter> counters,
        ApduSupplier supplier,
        SourceEvents events,
        SourcePorts ports,
        PortSink sink,
        ChannelConfig channel) {}
