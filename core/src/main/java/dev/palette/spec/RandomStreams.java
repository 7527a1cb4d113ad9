package dev.palette.spec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.ArraySampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Independent random streams of one seed, each keyed by what it is for and a running number (a step, an epoch).
 *
 * <p>No stream knows how far another was read. So two variants of one seed that differ in their adapter still see the same data
 * in the same order, and a resumed trial needs no generator's state: it asks for the stream of its step again.
 *
 * <p>The key becomes the generator's state directly: SHA-256 of the seed and the running number (8 bytes each, big-endian) and
 * the purpose (UTF-8) has 256 bits, and so has xoshiro256++ (Blackman &amp; Vigna 2019). Neither depends on the JDK.
 *
 * @param seed the trial's seed
 */
public record RandomStreams(long seed) {
    private static final int STATE_WORDS = 4;

    /**
     * The stream of one purpose and running number, at its beginning.
     *
     * @param purpose what the numbers decide, e.g. {@code "data order mrpc"}
     * @param index step, epoch, or 0 where there is only one
     */
    public UniformRandomProvider stream(String purpose, long index) {
        ByteBuffer digest = ByteBuffer.wrap(sha256().digest(ByteBuffer.allocate(2 * Long.BYTES + utf8(purpose).length)
                .putLong(seed)
                .putLong(index)
                .put(utf8(purpose))
                .array()));
        long[] state = new long[STATE_WORDS];
        digest.asLongBuffer().get(state);
        return RandomSource.XO_SHI_RO_256_PP.create(state);
    }

    /** A seed for somebody else's generator, such as the engine's at one step: the stream's first 64 bits. */
    public long seedFor(String purpose, long index) {
        return stream(purpose, index).nextLong();
    }

    /** One uniform number in [0, 1): the stream's first. */
    public double uniform(String purpose, long index) {
        return stream(purpose, index).nextDouble();
    }

    /** The numbers 0 to {@code n} - 1 in random order. */
    public int[] permutation(String purpose, long index, int n) {
        return ArraySampler.shuffle(
                stream(purpose, index), IntStream.range(0, n).toArray());
    }

    /** {@code count} numbers from N(0, {@code deviation}²): the initial values of the parameter that {@code purpose} names. */
    public float[] normal(String purpose, int count, double deviation) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(stream(purpose, 0));
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (gaussian.sample() * deviation);
        }
        return values;
    }

    /** {@code count} numbers from N(0, {@code deviation}²), each drawn again while it lies beyond two deviations. */
    public float[] truncatedNormal(String purpose, int count, double deviation) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(stream(purpose, 0));
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            double draw = gaussian.sample();
            while (Math.abs(draw) > 2) {
                draw = gaussian.sample();
            }
            values[i] = (float) (draw * deviation);
        }
        return values;
    }

    /** {@code count} uniform numbers in [−bound, bound): the initial values of the parameter that {@code purpose} names. */
    public float[] uniform(String purpose, int count, double bound) {
        UniformRandomProvider stream = stream(purpose, 0);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) ((2 * stream.nextDouble() - 1) * bound);
        }
        return values;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
