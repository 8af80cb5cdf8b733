package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import org.pgmjms.provider.destination.PgmTopic;

/**
 * One message of a {@link Train}.
 *
 * @param topic where to
 * @param content what {@code MessageEncoder} wrote (raw links: the body); read by {@link Link#reserve} only, its indexes
 *     left alone
 */
public record TrainMessage(PgmTopic topic, ByteBuf content) {}
