package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;

/** A packet that a source sent to its group, as it was when it left. */
record SentPacket(long atNs, PacketType type, PacketView view, int length) {

    static SentPacket of(long atNs, byte[] bytes) {
        PacketView view = new PacketView();
        assertThat(view.wrap(Unpooled.wrappedBuffer(bytes), 0, bytes.length)).isEqualTo(DecodeResult.OK);
        return new SentPacket(atNs, view.type(), view, bytes.length);
    }

    long atMs() {
        return atNs / SourceConfigBuilder.MS;
    }

    boolean isData() {
        return type.isData();
    }

    int sqn() {
        return switch (type) {
            case SPM -> view.spm().sqn();
            case NCF -> view.nak().sqn();
            default -> view.data().sqn();
        };
    }

    int trail() {
        return type == PacketType.SPM ? view.spm().trail() : view.data().trail();
    }

    int lead() {
        return view.spm().lead();
    }

    boolean has(int option) {
        return view.options().has(option);
    }

    byte[] payload() {
        byte[] payload = new byte[view.payloadLength()];
        view.buffer().getBytes(view.payloadOffset(), payload);
        return payload;
    }

    boolean isRepairOf(SentPacket original) {
        return sqn() == original.sqn() && Arrays.equals(payload(), original.payload());
    }

    int[] numbers() {
        int[] numbers = new int[view.nak().count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = view.nak().sqn(i);
        }
        return numbers;
    }
}
