package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.pgmjms.engine.testing.Seeds;

class LongMapTest {

    @Seeds
    void agreesWithHashMap(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LongMap<String> map = new LongMap<>();
        Map<Long, String> model = new HashMap<>();
        int keys = 1 + random.nextInt(300);

        for (int i = 0; i < 20_000; i++) {
            long key = random.nextInt(keys) * 0x100000001L;
            switch (random.nextInt(3)) {
                case 0 -> {
                    map.put(key, "v" + i);
                    model.put(key, "v" + i);
                }
                case 1 -> assertThat(map.remove(key)).isEqualTo(model.remove(key));
                default -> assertThat(map.get(key)).isEqualTo(model.get(key));
            }
            assertThat(map.size()).isEqualTo(model.size());
        }

        List<String> all = new ArrayList<>();
        map.forEach(all::add);
        assertThat(all).containsExactlyInAnyOrderElementsOf(model.values());
    }
}
