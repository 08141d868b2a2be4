// SPDX-License-Identifier: GPL-3.0-or-later
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Caffeine over the workloads of workload.h, as measure.h runs them. Its keys are made before the time is taken, so that
 * their hash codes are known, which C++ strings do not keep; a lookup uses the very string that was put.
 *
 * CaffeinePeer speed WORKLOAD | memory
 */
public final class CaffeinePeer {
    private static final int THREADS = 2;
    private static final int WRITE_MARK = 1 << 31;
    private static final int KEY_BYTES = 20;
    private static final OperatingSystemMXBean PROCESS =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final AtomicLong SINK = new AtomicLong();

    private interface Operation {
        /** Whether it was a read that hit. */
        boolean run(Cache<String, byte[]> cache, String key, boolean write);
    }

    private final int capacity;
    private final int valueBytes;
    private final String[] keys;
    private final int[][] streams;
    private final Map<String, Double> figures = new TreeMap<>();

    private CaffeinePeer(IntBuffer file) {
        keys = makeKeys(file.get());
        capacity = file.get();
        valueBytes = file.get();
        streams = new int[2 * THREADS + 1][file.get()];
        for (int[] stream : streams) {
            file.get(stream);
        }
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("memory")) {
            print(Map.of("bytes", memory(1_000_000, 64)));
            return;
        }
        CaffeinePeer peer = new CaffeinePeer(read(Path.of(arguments[1])));
        // All but the last pass are for the compiler.
        for (int pass = 0; pass < 3; pass++) {
            peer.measureAll();
        }
        print(peer.figures);
    }

    private static IntBuffer read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        }
    }

    private static String[] makeKeys(int count) {
        String[] out = new String[count];
        for (int i = 0; i < count; i++) {
            out[i] = String.format(Locale.ROOT, "stock:S%013d", i);
        }
        return out;
    }

    private static Cache<String, byte[]> cacheFor(int entries) {
        return Caffeine.newBuilder().maximumSize(entries).build();
    }

    private void measureAll() throws Exception {
        Cache<String, byte[]> full = cacheFor(2 * capacity);
        for (int i = 0; i < capacity; i++) {
            full.put(keys[i], new byte[valueBytes]);
        }
        for (int threads = 1; threads <= THREADS; threads++) {
            figures.put("hit.ratio", time("hit", threads, 0, full, this::readOnly, true));
        }
        takeTurns("mix", this::readOrWrite, false);
        takeTurns("through", this::readThrough, true);
    }

    private void takeTurns(String name, Operation operation, boolean writesRead) throws Exception {
        for (int threads = 1; threads <= THREADS; threads++) {
            Cache<String, byte[]> cache = cacheFor(capacity);
            run(cache, operation, streams[THREADS]);
            double ratio = time(name, threads, THREADS + 1, cache, operation, writesRead);
            if (threads == 1) {
                figures.put(name + ".ratio", ratio);
            }
        }
    }

    private boolean readOnly(Cache<String, byte[]> cache, String key, boolean write) {
        byte[] value = cache.getIfPresent(key);
        if (value == null) {
            return false;
        }
        SINK.setPlain(SINK.getPlain() + value[0]);
        return true;
    }

    private boolean readOrWrite(Cache<String, byte[]> cache, String key, boolean write) {
        if (!write) {
            return readOnly(cache, key, false);
        }
        cache.put(key, new byte[valueBytes]);
        return false;
    }

    private boolean readThrough(Cache<String, byte[]> cache, String key, boolean write) {
        boolean hit = readOnly(cache, key, false);
        if (!hit) {
            cache.put(key, new byte[valueBytes]);
        }
        return hit;
    }

    private long run(Cache<String, byte[]> cache, Operation operation, int[] stream) {
        long hits = 0;
        for (int draw : stream) {
            hits += operation.run(cache, keys[draw & ~WRITE_MARK], (draw & WRITE_MARK) != 0) ? 1 : 0;
        }
        return hits;
    }

    private static long reads(int[] stream, boolean writesRead) {
        long out = 0;
        for (int draw : stream) {
            out += writesRead || (draw & WRITE_MARK) == 0 ? 1 : 0;
        }
        return out;
    }

    /** Records what stopwatch.h does; the share of reads that hit. */
    private double time(String name, int threads, int firstStream, Cache<String, byte[]> cache, Operation operation,
            boolean writesRead) throws Exception {
        AtomicLong hits = new AtomicLong();
        long reads = 0;
        CyclicBarrier ready = new CyclicBarrier(threads + 1);
        Thread[] running = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            int[] stream = streams[firstStream + i];
            reads += reads(stream, writesRead);
            running[i] = new Thread(() -> {
                await(ready);
                hits.addAndGet(run(cache, operation, stream));
            });
            running[i].start();
        }
        await(ready);
        long processorBefore = PROCESS.getProcessCpuTime();
        long started = System.nanoTime();
        for (Thread thread : running) {
            thread.join();
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        double operations = (double) threads * streams[0].length;
        figures.put(name + "." + threads, operations / seconds);
        figures.put(name + "." + threads + ".cpu", (PROCESS.getProcessCpuTime() - processorBefore) / operations);
        return (double) hits.get() / reads;
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of the process, as for the others: so with what the virtual machine needs for its heap. */
    private static double memory(int count, int valueBytes) throws IOException {
        Cache<String, byte[]> cache = cacheFor(count + count / 20);
        System.gc();
        long before = residentBytes();
        for (int i = 0; i < count; i++) {
            cache.put(String.format(Locale.ROOT, "stock:S%013d", i), new byte[valueBytes]);
        }
        cache.cleanUp();
        System.gc();
        return (double) (residentBytes() - before) / cache.estimatedSize() - KEY_BYTES - valueBytes;
    }

    private static long residentBytes() throws IOException {
        String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
        return Long.parseLong(pages[1]) * 4096;
    }

    private static void print(Map<String, Double> figures) {
        StringJoiner fields = new StringJoiner(",", "{", "}");
        figures.forEach((name, value) -> fields.add(String.format(Locale.ROOT, "\"%s\":%f", name, value)));
        System.out.println(fields);
    }
}
