/**
 * Linear algebra on symmetric operators that are known by their products alone: eigensolvers from
 * scratch, tracking from one operator to the next, traces, spectral densities, orthonormal blocks.
 *
 * <p>Knows {@link org.eigensweep.array.Device}, on which all long vectors stay, and a small dense
 * eigensolver from a library for projected matrices.
 *
 * <p>Must not know what an operator stands for: no losses, no networks, no training.
 */
package org.eigensweep.linalg;
