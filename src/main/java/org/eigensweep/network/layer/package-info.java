/**
 * One derivative rule for every kind of layer: forward, backward, tangent forward, tangent
 * backward. The last two are Pearlmutter's R-operator.
 *
 * <p>Knows the operations of a device, and how a layer computes.
 *
 * <p>Must not know DL4J, losses, data sets, or which layers are its neighbours.
 */
package org.eigensweep.network.layer;
