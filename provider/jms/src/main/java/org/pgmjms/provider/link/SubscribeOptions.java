package org.pgmjms.provider.link;

/**
 * How to subscribe.
 *
 * @param lateJoin whether to ask for what sources still hold from before
 * @param joinTimeoutNs how long to wait for sources to be discovered, when this call opens the channel
 */
public record SubscribeOptions(boolean lateJoin, long joinTimeoutNs) {}
