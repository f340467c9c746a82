package org.eigensweep.array;

/**
 * How much a device computes at a time at its best. Processors want what fits their caches, GPUs
 * want as much as keeps all of their units busy.
 *
 * @param chunk bytes of the activations of the examples that pass through a network together
 * @param group bytes of the largest temporary of an operation that works on a few examples at a
 *     time
 */
public record WorkingSizes(long chunk, long group) {}
