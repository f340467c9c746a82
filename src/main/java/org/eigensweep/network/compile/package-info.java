/**
 * DL4J's configurations, compiled to derivative rules. A layer is accepted when every option that
 * it was given is accounted for, and refused otherwise.
 *
 * <p>Knows both sides: DL4J's layers with their options, and the rules of {@code layer}.
 *
 * <p>Must not know parameters, examples, or what becomes of a network that is refused.
 */
package org.eigensweep.network.compile;
