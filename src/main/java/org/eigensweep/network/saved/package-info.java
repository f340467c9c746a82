/**
 * Networks that a user saved. Decides whether curvature is exact or comes from finite differences,
 * or refuses the network; each decision has its reason.
 *
 * <p>Knows all of DL4J's training options, and compares a network's loss with DL4J's own score
 * before it reports anything.
 *
 * <p>Must not know how a file is read (that is {@code archive}) nor what is measured of the
 * network.
 */
package org.eigensweep.network.saved;
