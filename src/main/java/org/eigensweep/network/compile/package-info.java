/**
 * Compiles DL4J's configurations to derivative rules. A layer is accepted if the rule covers every
 * option that it has, and refused otherwise.
 *
 * <p>Knows both sides: DL4J's layers with their options, and the rules of {@code layer}.
 *
 * <p>Must not know parameters, examples, or what becomes of a network that is refused.
 */
package org.eigensweep.network.compile;
