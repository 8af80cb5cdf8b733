package org.pgmjms.provider.message;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All the golden files: envelopes of every kind, with messages of every kind. */
public final class GoldenFiles {
    private GoldenFiles() {}

    /** Their bytes, in the order of their names. */
    public static List<byte[]> envelopes() {
        try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "golden"))) {
            return files.map(file -> file.getFileName().toString())
                    .sorted()
                    .map(name -> bytes(name.substring(0, name.indexOf('.'))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String name) {
        try {
            return ByteBufUtil.getBytes(GoldenFilesTest.golden(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The topics of these envelopes. */
    public static Set<String> topics(List<byte[]> envelopes) {
        EnvelopeReader reader = new EnvelopeReader();
        Set<String> topics = new HashSet<>();
        for (byte[] each : envelopes) {
            reader.wrap(Unpooled.wrappedBuffer(each), 0, each.length);
            while (reader.nextFrame()) {
                topics.add(reader.frame().topicName());
            }
        }
        return topics;
    }
}
