package org.pgmjms.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PacketMemoryTest {
    private final PacketMemory memory = new PacketMemory();

    @Test
    void givesBuffersThatAreLargeEnoughAndEmpty() {
        for (int bytes : new int[] {1, 1500, 2048, 2049, 65_536, 1 << 20, (1 << 20) + 1}) {
            ByteBuf buffer = memory.directBuffer(bytes, bytes);
            buffer.setByte(bytes - 1, 7);

            assertThat(buffer.capacity()).isGreaterThanOrEqualTo(bytes);
            assertThat(buffer.isReadable()).isFalse();
            assertThat(buffer.internalNioBuffer(0, bytes).remaining()).isEqualTo(bytes);
            assertThat(buffer.nioBuffer(0, bytes).get(bytes - 1)).isEqualTo((byte) 7);
            buffer.release();
        }
        memory.close();
        assertThat(memory.reservedBytes()).isZero();
    }

    @Test
    void usesAPieceAgain() {
        ByteBuf first = memory.directBuffer(1500, 1500);
        first.release();
        long reserved = memory.reservedBytes();

        ByteBuf second = memory.directBuffer(1400, 1400);

        assertThat(memory.reservedBytes()).isEqualTo(reserved).isEqualTo(2048);
        assertThat(memory.usedBytes()).isEqualTo(2048);
        second.release();
        memory.close();
    }

    @Test
    void keepsWhatWasWrittenWhenABufferGrows() {
        ByteBuf buffer = memory.directBuffer(100);
        buffer.writeLong(42).writeZero(5000).writeLong(43);

        assertThat(buffer.getLong(0)).isEqualTo(42);
        assertThat(buffer.getLong(5008)).isEqualTo(43);
        buffer.release();
        assertThat(memory.usedBytes()).isZero();
        memory.close();
    }

    @Test
    void copiesBetweenBuffersOfAllKinds() {
        ByteBuf piece = memory.directBuffer(64, 64);
        ByteBuf other = memory.directBuffer(64, 64);
        ByteBuf unpooled = Unpooled.directBuffer(64);
        for (ByteBuf foreign : List.of(other, piece, Unpooled.buffer(64), unpooled, piece.slice(0, 64))) {
            foreign.setZero(0, 64).setLong(8, 42);
            piece.setBytes(32, foreign, 8, 8);
            piece.getBytes(32, foreign, 48, 8);

            assertThat(piece.getLong(32)).isEqualTo(42);
            assertThat(foreign.getLong(48)).isEqualTo(42);
            assertThat(foreign.getLong(40)).isZero();
        }
        assertThatThrownBy(() -> piece.setBytes(2047, other, 0, 8)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> piece.getBytes(0, other, 2047, 8)).isInstanceOf(IndexOutOfBoundsException.class);
        piece.release();
        other.release();
        unpooled.release();
        memory.close();
    }

    @Test
    void keepsABoundedAmount() {
        List<ByteBuf> buffers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            buffers.add(memory.directBuffer(1 << 20, 1 << 20));
        }

        buffers.forEach(ByteBuf::release);

        assertThat(memory.usedBytes()).isZero();
        assertThat(memory.reservedBytes()).isEqualTo(16L << 20);
        memory.close();
        assertThat(memory.reservedBytes()).isZero();
    }

    @Test
    void takesBackWhatIsReleasedAfterTheEnd() {
        ByteBuf late = memory.directBuffer(1500);

        memory.close();
        late.release();

        assertThat(memory.reservedBytes()).isZero();
    }

    @Test
    void neverLendsAPieceTwice() {
        SplittableRandom random = new SplittableRandom(1);
        List<ByteBuf> held = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            if (held.size() > 50 || !held.isEmpty() && random.nextBoolean()) {
                ByteBuf buffer = held.remove(random.nextInt(held.size()));
                assertThat(buffer.getInt(0)).isEqualTo(System.identityHashCode(buffer));
                buffer.release();
            } else {
                ByteBuf buffer = memory.directBuffer(4 + random.nextInt(10_000));
                buffer.setInt(0, System.identityHashCode(buffer));
                held.add(buffer);
            }
        }
        held.forEach(ByteBuf::release);
        assertThat(memory.usedBytes()).isZero();
        memory.close();
    }
}
