/**
 * Passes of examples through a graph of layers: loss, gradient, and products of curvature matrices
 * with blocks of vectors, chunk by chunk.
 *
 * <p>Knows the layers' rules, the losses and the order of the layers. Sums over examples are
 * divided once, at the end.
 *
 * <p>Must not know DL4J, nor where the graph comes from.
 */
package org.eigensweep.network.pass;
