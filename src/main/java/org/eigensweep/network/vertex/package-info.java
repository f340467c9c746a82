/**
 * Layers and vertices of DL4J that a transformer needs and DL4J does not have, in DL4J's own terms:
 * they are configured, saved and trained like any other of its layers, with gradients of their own.
 *
 * <p>Knows DL4J. Must not know this project's derivative rules, whose gradients are compared with
 * these layers'. They are no SameDiff layers, because those of DL4J 1.0.0-M2.1 hand on twice the
 * gradient that they are given.
 */
package org.eigensweep.network.vertex;
