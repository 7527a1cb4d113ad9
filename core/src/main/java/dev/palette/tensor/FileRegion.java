package dev.palette.tensor;

/**
 * A stretch of a file.
 *
 * @param offset its first byte's position
 * @param length how many bytes it has
 */
record FileRegion(long offset, long length) {
    long end() {
        return offset + length;
    }
}
