/**
 * The models that settings can name, as values: sizes, activation, initialisation, loss.
 *
 * <p>Knows what a reader of the settings must say of a model.
 *
 * <p>Must not know DL4J, derivative rules or devices.
 */
package org.eigensweep.network.preset;
