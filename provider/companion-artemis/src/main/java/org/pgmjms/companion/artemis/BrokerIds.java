package org.pgmjms.companion.artemis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.pgmjms.provider.companion.CompanionBroker;

/** Numbers of brokers, made of the identifier that Artemis keeps with its journal. */
final class BrokerIds {
    private BrokerIds() {}

    /** The first eight bytes of the identifier's SHA-256, but neither 0 nor the number of unknown brokers. */
    static long of(String nodeId) {
        long id = ByteBuffer.wrap(sha256(nodeId)).getLong();
        return id == 0 || id == CompanionBroker.UNKNOWN_ID ? 1 : id;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }
}
