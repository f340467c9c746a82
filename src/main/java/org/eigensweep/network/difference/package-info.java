/**
 * Finite differences of DL4J's gradient, for networks with a layer that has no rule, and the checks
 * that say whether differences can be trusted: slope, symmetry, repeatability.
 *
 * <p>Knows DL4J's own gradient, as a field over the parameters.
 *
 * <p>Must not know files or exact rules, except the name of the layer without a rule.
 */
package org.eigensweep.network.difference;
