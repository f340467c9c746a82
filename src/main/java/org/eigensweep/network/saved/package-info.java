/**
 * Networks that a user saved: what is exact, what is done by differences, and what is refused, each
 * with its reason.
 *
 * <p>Knows all that DL4J can be told to do in training, and holds a network's loss against DL4J's
 * own score before anything is claimed of it.
 *
 * <p>Must not know how a file is read (that is {@code archive}) nor what is measured of the
 * network.
 */
package org.eigensweep.network.saved;
