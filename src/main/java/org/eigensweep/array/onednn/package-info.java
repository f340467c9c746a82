/**
 * oneDNN's kernels on raw native memory: convolution, pooling, softmax and element-wise functions
 * of dense float32 numbers, each on the thread that calls.
 *
 * <p>Knows oneDNN's C interface, how its library is loaded and kept to one thread, which layouts it
 * prefers, and how long its primitives live. Operands are addresses: who passes one vouches for
 * what lies there.
 *
 * <p>Must not know who owns the numbers, devices, matrices, nor what the numbers mean: no networks.
 */
package org.eigensweep.array.onednn;
