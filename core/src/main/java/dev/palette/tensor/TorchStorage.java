package dev.palette.tensor;

/**
 * A row of numbers on which tensors of a PyTorch file are views.
 *
 * @param key its name in the file
 * @param type the numbers' type
 * @param size how many numbers it is said to have
 */
record TorchStorage(String key, ElementType type, long size) {}
